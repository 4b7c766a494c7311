import type { Heading } from './headings.ts';
import { type FormProblem, findHidden, headingIn, knownHeadingIn } from './hidden.ts';
import { isPlain } from './plain.ts';

/** What an issue says: anybody's words, until they have been checked. */
export interface Form {
  /** The names under Service, in order; none where it is missing or empty. */
  services: string[];
  /** The other answers; a heading that is missing or was left empty isn't among them. */
  values: Partial<Record<Exclude<Heading, 'service'>, string>>;
  /** The name under Customer, which decides nothing; undefined where it isn't one line of text. */
  customer: string | undefined;
  /** Whatever would make GitHub's page show other values than these. */
  problems: FormProblem[];
}

/** What GitHub writes where a field was left empty, and what people write. */
const EMPTY = /^ {0,3}(_No response_|None)?[ \t]*$/i;
/** Nothing that belongs in these fields is longer. */
const MOST_CHARACTERS = 255;
/** A customer's name, in characters. */
const MOST_OF_CUSTOMER = 100;

/**
 * Reads the body that GitHub writes from an issue form: `### Label`, a blank line, the answer.
 * Whoever approves an issue has seen the page that GitHub makes of its body. So a body is a problem
 * if that page would show another value than the one that is read, or hide one.
 */
export function readForm(body: string): Form {
  const lines = body.split(/\r\n|\r|\n/);
  const form: Form = { services: [], values: {}, customer: undefined, problems: findHidden(lines) };
  const seen = new Set<Heading>();
  for (const [index, line] of lines.entries()) {
    const heading = knownHeadingIn(line);
    if (!heading) continue;
    const answer = answerTo(lines, index);
    const fault = seen.has(heading) ? TWICE : readAnswer(form, heading, answer);
    if (fault) form.problems.push({ heading, ...fault });
    seen.add(heading);
  }
  form.customer = readCustomer(lines);
  return form;
}

/** What is wrong with one answer. */
type Fault = Pick<FormProblem, 'message' | 'fix'>;

const TWICE: Fault = { message: 'appears twice.', fix: 'Keep one of them.' };
const LAYOUT: Fault = {
  message: "has formatting in it, or characters that can't be part of a name.",
  fix: 'Write it as plain text.',
};

/** Puts an answer into the form, unless something is wrong with it. */
function readAnswer(form: Form, heading: Heading, answer: string[]): Fault | undefined {
  const [first = '', ...more] = answer;
  if (more.length === 0 && EMPTY.test(first)) return undefined;
  if (answer.some((line) => line.length > MOST_CHARACTERS)) {
    return { message: 'is too long.', fix: 'Write one short name.' };
  }
  if (heading === 'service') {
    const services = readServices(answer);
    if (!services) return LAYOUT;
    form.services = services;
    return undefined;
  }
  if (more.length > 0) return { message: 'has several lines.', fix: 'Write one short name.' };
  if (!isPlain(first)) return LAYOUT;
  form.values[heading] = shown(first);
  return undefined;
}

/**
 * The names in an answer, as GitHub writes several: checkboxes, or a list divided by commas; or as
 * people do, one per line. Undefined for anything else.
 */
function readServices(answer: string[]): string[] | undefined {
  const boxes = answer.map((line) => /^- \[([ x])\] (.*)$/i.exec(line));
  if (boxes.every((box) => box && isPlain(box[2] ?? ''))) {
    return boxes.flatMap((box) => (box?.[1] === ' ' ? [] : shown(box?.[2] ?? '')));
  }
  if (!isPlain(...answer)) return undefined;
  return answer
    .flatMap((line) => line.split(','))
    .map(shown)
    .filter(Boolean);
}

/** Text as a page shows it: blanks around it are gone, and several are one. */
function shown(text: string): string {
  return text.trim().replace(/ +/g, ' ');
}

/** The lines with something on them, from a heading to the next. */
function answerTo(lines: readonly string[], heading: number): string[] {
  const from = lines.slice(heading + 1);
  const end = from.findIndex((line) => headingIn(line) !== undefined);
  return from.slice(0, end < 0 ? from.length : end).filter((line) => /[^ \t]/.test(line));
}

function readCustomer(lines: readonly string[]): string | undefined {
  const answers = lines.flatMap((line, index) =>
    headingIn(line)?.toLowerCase() === 'customer' ? [answerTo(lines, index)] : [],
  );
  const [[line = '', ...more] = [], ...others] = answers;
  const name = shown(line);
  const odd = more.length > 0 || others.length > 0 || name.length > MOST_OF_CUSTOMER;
  return odd || EMPTY.test(name) || /[\p{Cc}\p{Cf}]/u.test(name) ? undefined : name;
}
