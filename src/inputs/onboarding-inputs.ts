import { sameService } from '../fivetran/services.ts';
import { checkCard, checkGroup } from './check-request.ts';
import { checkService } from './check-service.ts';
import { type Fields, MOST_SERVICES } from './fields.ts';
import type { InputReader } from './input-reader.ts';

/** What the workflow lets an issue ask for. */
interface OnboardingRules {
  /** Group ids by the names that the form's Destination picks from, in lower case; undefined with a fixed group. */
  groups: ReadonlyMap<string, string> | undefined;
  /** Services, with `*` for any text. */
  allowedServices: readonly string[];
  /** What a schema or table must match, whole: a regular expression in JavaScript's syntax. */
  schemaPattern: string;
}

/** What the workflow says about onboarding by issue. */
export interface OnboardingInputs {
  /** What it fixed, except for the service; empty texts for what the issue may say. */
  fields: Fields;
  /** The services that it fixed; empty when the issue names them. */
  services: string[];
  rules: OnboardingRules;
  /** The label that approves. */
  label: string;
  /** Who may approve; empty for everybody with triage rights. */
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
      'To add a connection to an issue, use operation: link with connection-id and issue-number.',
    );
  }
  if (groups && fields.groupId) {
    read.wrong('groups', "can't be combined with group-id.", 'Leave one of them out.');
  }
  if (!groups) checkGroup(fields.groupId, 'groups', read.wrong);
  checkCard(fields, read.wrong);
  return {
    fields: { ...fields, service: '' },
    services: readServices(read, fields.allowUnknownService),
    rules: {
      groups,
      allowedServices: readAllowed(read, fields.allowUnknownService),
      schemaPattern: readPattern(read),
    },
    label: read.text('label') || 'connect-card',
    approvers: readApprovers(read),
  };
}

/** Logins; with anything else among them, nobody could approve. */
function readApprovers(read: InputReader): string[] {
  const approvers = read.list('approvers').map((login) => login.replace(/^@/, ''));
  for (const login of approvers) {
    if (/^[a-z\d][\w-]*(\[bot\])?$/i.test(login)) continue;
    const fix =
      "Write logins of people, and of bots as name[bot], one per line or comma-separated; a team can't be named.";
    read.wrong('approvers', `names ${login}, which isn't a login.`, fix);
  }
  return approvers;
}

/** What issues may ask for; a name that no connector type has would allow nothing. */
function readAllowed(read: InputReader, allowUnknown: boolean): string[] {
  const allowed = read.list('allowed-services');
  for (const one of allowed) {
    if (!one.includes('*')) checkListed(read, 'allowed-services', one, allowUnknown);
    else if (!/^[a-z0-9_*]+$/.test(one)) {
      const message = `${one} can't match a connector type: those have lower-case letters, digits and underscores only.`;
      read.wrong('allowed-services', message, 'Write * for any text, for example google_*.');
    }
  }
  return allowed.length > 0 ? allowed : ['*'];
}

/** Checks one connector type of a list. Warnings come with each issue. */
function checkListed(
  read: InputReader,
  input: string,
  service: string,
  allowUnknown: boolean,
): void {
  checkService(
    service,
    allowUnknown,
    (_, message, fix, code) => read.wrong(input, `${service} ${message}`, fix, code),
    () => {},
  );
}

/** The connector types that the workflow fixes, each once. */
function readServices(read: InputReader, allowUnknown: boolean): string[] {
  const services = read
    .list('service')
    .filter((one, index, all) => all.findIndex((other) => sameService(one, other)) === index);
  for (const service of services) checkListed(read, 'service', service, allowUnknown);
  if (services.length > MOST_SERVICES) {
    read.wrong(
      'service',
      `names ${services.length} connector types; one issue can have ${MOST_SERVICES}.`,
      `Name at most ${MOST_SERVICES}.`,
    );
  }
  return services;
}

function readPattern(read: InputReader): string {
  const pattern = read.text('schema-pattern') || '^[a-z][a-z0-9_]{0,62}$';
  const fix = 'Write it in the syntax of JavaScript, without slashes around it.';
  // No name has a slash, so it would match none.
  if (/^\/.*\/\w*$/.test(pattern)) read.wrong('schema-pattern', 'has slashes around it.', fix);
  try {
    new RegExp(pattern);
  } catch {
    read.wrong('schema-pattern', "isn't a regular expression.", fix);
  }
  return pattern;
}

async function readGroups(read: InputReader): Promise<Map<string, string> | undefined> {
  if (!read.text('groups')) return undefined;
  const groups = new Map<string, string>();
  const before = read.problems.length;
  const given = Object.entries(await read.mapping('groups'));
  if (given.length === 0 && read.problems.length === before) {
    const fix = 'Write a name and its group id, such as "EU: acme_eu".';
    read.wrong('groups', 'names no group.', fix);
  }
  for (const [name, id] of given) {
    const key = name.trim().toLowerCase();
    if (typeof id !== 'string' || !/^[\w-]+$/.test(id)) {
      read.wrong(`groups.${name}`, "isn't a group's id.", 'Write the id itself, as a string.');
    } else if (groups.has(key)) {
      read.wrong(
        `groups.${name}`,
        'appears twice.',
        'Write each name once: upper and lower case are the same.',
      );
    }
    groups.set(key, String(id));
  }
  return groups;
}
