import type { OnboardingRules } from '../issue-form/issue-request.ts';
import { checkCard, type Fields } from './check-request.ts';
import type { InputReader } from './input-reader.ts';

/** What the workflow says about onboarding by issue. */
export interface OnboardingInputs {
  /** What it fixed; empty texts for what the issue may say. */
  fields: Fields;
  rules: OnboardingRules;
  /** The label that approves. */
  label: string;
  /** Who may approve; empty for whoever may triage. */
  approvers: string[];
}

/** Reads what onboarding needs, and checks the part of the request that an issue can't change. */
export async function readOnboardingInputs(
  read: InputReader,
  fields: Fields,
): Promise<OnboardingInputs> {
  const groups = await readGroups(read);
  if (fields.connectionId) {
    read.wrong(
      'connection-id',
      "can't be combined with operation: onboard.",
      'To say which connection an issue has, use operation: link with connection-id and issue-number.',
    );
  }
  if (groups && fields.groupId) {
    read.wrong('groups', "can't be combined with group-id.", 'Leave one of them out.');
  }
  if (!groups && !/^[\w-]+$/.test(fields.groupId)) {
    read.wrong(
      'group-id',
      fields.groupId ? "isn't a group's id." : 'is missing.',
      "Copy the id from the destination's page in Fivetran, or give groups.",
    );
  }
  if (!read.text('github-token')) {
    read.wrong('github-token', 'is empty.', 'Leave it out: its default is the token of the job.');
  }
  checkCard(fields, (problem) => read.problems.push(problem));
  const allowedServices = read.list('allowed-services');
  return {
    fields,
    rules: {
      groups,
      allowedServices: allowedServices.length > 0 ? allowedServices : ['*'],
      schemaPattern: readPattern(read),
    },
    label: read.text('label') || 'connect-card',
    approvers: read.list('approvers').map((login) => login.replace(/^@/, '')),
  };
}

function readPattern(read: InputReader): string {
  const pattern = read.text('schema-pattern') || '^[a-z][a-z0-9_]{0,62}$';
  try {
    new RegExp(pattern);
  } catch {
    read.wrong(
      'schema-pattern',
      "isn't a regular expression.",
      'Write it in the syntax of JavaScript, without slashes around it.',
    );
  }
  return pattern;
}

async function readGroups(read: InputReader): Promise<Map<string, string> | undefined> {
  if (!read.text('groups')) return undefined;
  const groups = new Map<string, string>();
  for (const [name, id] of Object.entries(await read.mapping('groups'))) {
    const key = name.trim().toLowerCase();
    if (typeof id !== 'string' || !/^[\w-]+$/.test(id)) {
      read.wrong(`groups.${name}`, "isn't a group's id.", 'Write it as a text: the id itself.');
    } else if (groups.has(key)) {
      read.wrong(`groups.${name}`, 'stands twice.', 'Give each name once, whatever its case.');
    }
    groups.set(key, String(id));
  }
  return groups;
}
