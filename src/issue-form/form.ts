/** The headings of an issue form that are read, in lower case; all others are somebody else's. */
export const HEADINGS = ['service', 'schema', 'table', 'destination'] as const;
export type Heading = (typeof HEADINGS)[number];

/** What an issue says: anybody's words, until they have been checked. */
export interface Form {
  /** Trimmed; a heading that is missing or was left empty isn't there. */
  values: Partial<Record<Heading, string>>;
  /** Headings that stand more than once, so that it can't be told which one was approved. */
  repeated: Heading[];
}

/** What GitHub writes where a field was left empty, and what people write. */
const EMPTY = /^(_No response_|None)?$/i;

/**
 * Reads the body that GitHub makes of an issue form: `### Label`, a blank line, the answer. Only
 * lines that begin with exactly that count, so text within an answer isn't taken for a heading. A
 * known heading that stands twice is reported, whatever stands under it.
 */
export function readForm(body: string): Form {
  const answers = new Map<Heading, string[]>();
  const repeated = new Set<Heading>();
  let lines: string[] = [];
  for (const line of body.split(/\r\n|\r|\n/)) {
    const title = /^### +(\S.*)$/.exec(line)?.[1]?.trim().toLowerCase();
    if (title === undefined) {
      lines.push(line);
      continue;
    }
    lines = [];
    const heading = HEADINGS.find((one) => one === title);
    if (!heading) continue;
    if (answers.has(heading)) repeated.add(heading);
    answers.set(heading, lines);
  }
  const values: Form['values'] = {};
  for (const [heading, text] of answers) {
    const value = text.join('\n').trim();
    if (!EMPTY.test(value)) values[heading] = value;
  }
  return { values, repeated: [...repeated] };
}
