import { runInNewContext } from 'node:vm';
import { checkRequest, type Fields } from '../inputs/check-request.ts';
import type { Problem } from '../model/errors.ts';
import type { LinkRequest } from '../model/link.ts';
import type { Form, Heading } from './form.ts';

/** What the workflow lets an issue ask for. */
export interface OnboardingRules {
  /** Group ids by the names that the form's Destination picks from; undefined with a fixed group. */
  groups: ReadonlyMap<string, string> | undefined;
  /** Services, with `*` for any text. */
  allowedServices: readonly string[];
  /** What a schema or table must match, whole. */
  schemaPattern: string;
}

export type NamedRequest = LinkRequest & { kind: 'named' };

/** A request from an issue, or what is wrong, apart by who can mend it. */
export interface OnboardingRequest {
  request: NamedRequest | undefined;
  /** What whoever filled in the form can mend; `input` is the heading. */
  problems: Problem[];
  /** What the workflow's author can mend. */
  workflow: Problem[];
  warnings: string[];
}

/** Nothing that belongs in these fields is longer; what is isn't even looked at. */
const MOST_CHARACTERS = 255;
/** Milliseconds for matching one text against the workflow's pattern. */
const PATTERN_LIMIT = 100;

/**
 * Puts the request together from the workflow's inputs, which always win, and an issue's form.
 * None of the form's words stands in a message: those go into a comment.
 */
export function readOnboarding(
  form: Form,
  inputs: Fields,
  rules: OnboardingRules,
): OnboardingRequest {
  const result: OnboardingRequest = {
    request: undefined,
    problems: [],
    workflow: [],
    warnings: [],
  };
  const fields = { ...inputs };
  const fromForm = new Set<string>();
  const wrong = (heading: Heading, message: string, fix: string) =>
    result.problems.push({ code: 'form-incomplete', input: title(heading), message, fix });

  const take = (heading: Heading, fixed: string): string | undefined => {
    if (fixed) return undefined;
    fromForm.add(heading);
    if (form.repeated.includes(heading)) {
      wrong(heading, 'stands twice.', 'Keep one of them.');
      return undefined;
    }
    const value = form.values[heading];
    if (value === undefined) {
      // Which services need a table is known only later, with the service.
      if (heading !== 'table') wrong(heading, 'is empty.', 'Fill it in.');
    } else if (value.length > MOST_CHARACTERS || /[\r\n]/.test(value)) {
      wrong(heading, 'is too long, or has several lines.', 'Write one short name.');
      return undefined;
    }
    return value;
  };

  const service = take('service', inputs.service);
  if (service !== undefined) fields.service = service;
  if (service !== undefined && !isAllowed(service, rules.allowedServices)) {
    wrong('service', "isn't one of those that can be asked for here.", 'Choose another one.');
  }
  for (const heading of ['schema', 'table'] as const) {
    const value = take(heading, inputs[heading]);
    if (value === undefined) continue;
    fields[heading] = value;
    if (!matches(value, rules.schemaPattern)) {
      wrong(
        heading,
        "isn't a name that can be used here.",
        `It has to match ${rules.schemaPattern}.`,
      );
    }
  }
  if (rules.groups) {
    const value = take('destination', '');
    const group = value === undefined ? undefined : rules.groups.get(value.toLowerCase());
    if (value !== undefined && group === undefined) {
      wrong('destination', "isn't one of those set up here.", 'Choose another one.');
    }
    fields.groupId = group ?? '';
  }
  // A group is missing only because the heading is, and that has been said.
  const checked = rules.groups && !fields.groupId ? { ...fields, groupId: 'none' } : fields;
  const said = new Set(result.problems.map(({ input }) => input));
  const request = checkRequest(checked, {
    problem: (problem) => {
      if (!fromForm.has(problem.input)) result.workflow.push(problem);
      else if (!said.has(title(problem.input))) {
        result.problems.push({ ...problem, code: 'form-incomplete', input: title(problem.input) });
      }
    },
    warning: (message) => result.warnings.push(message),
  });
  const fine = result.problems.length === 0 && result.workflow.length === 0;
  if (fine && request?.kind === 'named') result.request = request;
  return result;
}

function title(heading: string): string {
  return heading.slice(0, 1).toUpperCase() + heading.slice(1);
}

/** Whether a service is among those allowed, in which `*` stands for any text. */
function isAllowed(service: string, allowed: readonly string[]): boolean {
  return allowed.some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(service);
  });
}

/** Whether the whole text matches. A pattern that takes forever, as some do for some texts, doesn't. */
function matches(text: string, pattern: string): boolean {
  try {
    const whole = new RegExp(`^(?:${pattern})$`);
    return runInNewContext('whole.test(text)', { whole, text }, { timeout: PATTERN_LIMIT });
  } catch {
    return false;
  }
}
