import { nameFieldsOf } from '../fivetran/naming.ts';
import { shapeOf } from '../fivetran/services.ts';
import { asIdentifier, SERVICE_PLACEHOLDER, withService } from '../inputs/check-name.ts';
import { checkRequest } from '../inputs/check-request.ts';
import type { OnboardingInputs } from '../inputs/onboarding-inputs.ts';
import type { Problem } from '../model/errors.ts';
import type { NamedRequest } from '../model/link.ts';
import type { Form } from './form.ts';
import { FormReader } from './form-reader.ts';
import { matchesWhole } from './pattern.ts';
import { isPlain } from './plain.ts';
import { type Resolve, readServices } from './requested-services.ts';

/** The requests that an issue makes, and what is wrong with them, apart by who can fix it. */
export interface IssueRequests {
  /** One for each service; none when there is a problem. */
  requests: NamedRequest[];
  /** What can be fixed in the form; `input` is the heading. */
  problems: Problem[];
  /** What the workflow's author can fix. */
  workflowProblems: Problem[];
  /** What is unusual, but is tried; for the log. */
  warnings: string[];
  /** Who the connections are for, as the form says: anybody's words. */
  customer: string | undefined;
}

/** Some destinations cut off longer names, so that two could become one: Postgres does. */
const MOST_OF_A_NAME = 63;

/**
 * Puts the requests together from the workflow's inputs, which always win, and an issue's form. No
 * problem quotes the form, because problems go into a comment; a suggested name is made of a-z, 0-9
 * and underscores.
 *
 * The form's Schema has to match schema-pattern as it is written or, with `{service}` in it, when
 * finished. With several services, a schema without `{service}` becomes `SCHEMA_{service}`, whether
 * the form or the workflow has it.
 * @param resolve asked only for names that are neither a known connector type nor written like one
 */
export async function readIssueRequests(
  form: Form,
  { fields, services: fixed, rules }: OnboardingInputs,
  resolve: Resolve,
): Promise<IssueRequests> {
  const read = new FormReader(form);
  const services =
    fixed.length > 0 ? fixed : await readServices(read, rules.allowedServices, resolve);
  const several = services.length > 1;
  const schema = fields.schema || readSchema(read, services, rules.schemaPattern);
  const table = fields.table || readTable(read, rules.schemaPattern);
  const groupId = rules.groups ? readGroup(read, rules.groups) : fields.groupId;
  const requests = services.flatMap((service) => {
    const request = checkRequest(
      {
        ...fields,
        service,
        schema: several ? withSuffix(schema) : schema,
        table: several && services.some(takesTable) && !takesTable(service) ? '' : table,
        // A missing group has been reported with its heading.
        groupId: groupId || 'none',
      },
      {
        problem: (problem) => read.checked(problem),
        warning: (message) => read.warnings.add(message),
      },
    );
    return request?.kind === 'named' ? [request] : [];
  });
  const problems = read.problems();
  const { workflowProblems, warnings } = read;
  return {
    requests: problems.length + workflowProblems.length > 0 ? [] : requests,
    problems,
    workflowProblems,
    warnings: [...warnings],
    customer: form.customer,
  };
}

function readSchema(read: FormReader, services: readonly string[], pattern: string): string {
  const schema = read.value('schema');
  if (!schema) return '';
  const hasPlaceholder = schema.includes(SERVICE_PLACEHOLDER);
  const names = services.map((service) => withService(withSuffix(schema), service));
  const checked = hasPlaceholder ? names : [schema];
  if (checked.every((name) => isUsable(read, 'schema', name, pattern))) {
    const tooLong = names.some((name) => name.length > MOST_OF_A_NAME);
    if (tooLong && services.length > 1 && schema.length <= MOST_OF_A_NAME) {
      read.wrong('schema', 'is too long with the connector type added.', 'Write a shorter name.');
    }
  }
  return schema;
}

function readTable(read: FormReader, pattern: string): string {
  // Whether a table is needed depends on the services; a request without it says so.
  const table = read.optional('table');
  if (table) isUsable(read, 'table', table, pattern);
  return table;
}

function readGroup(read: FormReader, groups: ReadonlyMap<string, string>): string {
  for (const name of groups.keys()) {
    if (isPlain(name)) continue;
    read.checked({
      code: 'invalid-input',
      input: `groups.${name}`,
      message: "has characters that GitHub formats in an issue, so a form can't name it.",
      fix: 'Use only letters, digits, blanks and simple punctuation in the name, here and in the form.',
    });
  }
  const name = read.value('destination');
  const group = groups.get(name.toLowerCase());
  if (name && group === undefined) {
    read.wrong('destination', "isn't one of those set up here.", 'Choose another one.');
  }
  return group ?? '';
}

/** Whether a name is one that an issue may ask for; reports it unless it is. */
function isUsable(
  read: FormReader,
  heading: 'schema' | 'table',
  name: string,
  pattern: string,
): boolean {
  const matched = matchesWhole(name, pattern);
  if (matched) return true;
  if (matched === undefined) {
    read.warnings.add(
      'schema-pattern: matching took too long, which counts as no match. Write a pattern without a repetition inside a repetition.',
    );
  }
  const suggestion = asIdentifier(name);
  const fix =
    matched === false && suggestion && matchesWhole(suggestion, pattern)
      ? `Try ${suggestion}.`
      : `It has to match ${pattern}.`;
  read.wrong(heading, "isn't a name that can be used here.", fix);
  return false;
}

/** The schema of one of several connections: each has the connector type in its name. */
function withSuffix(schema: string): string {
  return !schema || schema.includes(SERVICE_PLACEHOLDER)
    ? schema
    : `${schema}_${SERVICE_PLACEHOLDER}`;
}

/** Whether a connector type's name has a second half; one that isn't known may have. */
function takesTable(service: string): boolean {
  return !shapeOf(service) || nameFieldsOf(service)[1] !== undefined;
}
