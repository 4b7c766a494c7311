import { HEADINGS, type Heading } from './headings.ts';
import { readsAs } from './lookalikes.ts';

/** What makes a body show something else on GitHub's page than it says. */
export interface FormProblem {
  /** The heading it concerns; undefined for the issue description as a whole. */
  heading: Heading | undefined;
  message: string;
  fix: string;
}

/** A heading of the form as GitHub writes it, alone on its line; its text. */
export function headingIn(line: string): string | undefined {
  return /^### +(\S.*)$/.exec(line)?.[1]?.trim();
}

/** The known heading that a line is, exactly as GitHub writes it. */
export function knownHeadingIn(line: string): Heading | undefined {
  const title = /^### +([A-Za-z]+) *$/.exec(line)?.[1]?.toLowerCase();
  return HEADINGS.find((one) => one === title);
}

/** A tag, comment, instruction, declaration or CDATA section, or the beginning of one. */
const HTML = /<[a-z/!?]/i;
/** Links between angle brackets, which are no HTML: https://spec.commonmark.org/0.31.2/#autolinks */
const AUTOLINKS = /<(https?:\/\/|mailto:)[^\s<>]*>/gi;
/** Tags that have nothing within them to hide: GitHub writes one for an image that was pasted. */
const VOID =
  /<(?:img|br)(?:\s+[a-z][a-z0-9-]*(?:=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'=<>`]+))?)*\s*\/?>/gi;
/**
 * What GitHub may show as a formula, in which text can look like any other:
 * docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
 * Those between dollar signs may go on in the next line, and a sign may be a character reference.
 */
const FORMULA = /\$\$|\$`|\$[^\s$](?:(?!\n[ \t]*\n)[^$])*(?<=\S)\$(?!\d)/;
const DOLLAR = /&(?:#0*36|#x0*24|dollar);/gi;
/** A code block that is a formula; in the word behind the fence character references count as well. */
const FORMULA_BLOCK = /^[`~]{3,}(?![`~])(?:\s*math|[^&]*&)/i;
/** Characters that turn the direction of letters round. */
const OVERRIDES = /[\u202D\u202E]/;

const asWhole = (message: string, fix: string): FormProblem => ({
  heading: undefined,
  message,
  fix,
});

/**
 * Finds whatever could hide a heading that is read or show another in its place: raw HTML, code
 * blocks that aren't plainly closed, and lines that read like a known heading without being one.
 * Headings stand at the beginning of a line, so lists, quotes and paragraphs end before them; only
 * HTML, fences and GitHub's formulas can hold them: https://spec.commonmark.org/0.31.2/#leaf-blocks
 */
export function findHidden(lines: readonly string[]): FormProblem[] {
  const problems = new Map<string, FormProblem>();
  const add = (problem: FormProblem) =>
    problems.set(`${problem.heading} ${problem.message}`, problem);
  let fence: string | undefined;
  const outside: string[] = [];
  for (const [index, line] of lines.entries()) {
    const like = readsAs(line);
    if (like && (fence || knownHeadingIn(line) !== like)) {
      add({
        heading: like,
        message: 'also appears where it only looks like the heading of an answer.',
        fix: `Remove or rename all of them except the form's own "### ${title(like)}".`,
      });
    }
    if (OVERRIDES.test(line)) {
      add(asWhole('has characters that reverse the direction of text.', 'Remove them.'));
    }
    if (fence) {
      if (isEnd(line, fence)) fence = undefined;
      else if (/^\s*(```|~~~)/.test(line)) add(UNCLEAR_FENCE);
      continue;
    }
    outside.push(line);
    fence = /^(`{3,})[^`]*$|^(~{3,})/.exec(line)?.slice(1).find(Boolean);
    if (!fence && /^[\s>*+\-\d.)[\]x:^]*(```|~~~)/i.test(line)) add(UNCLEAR_FENCE);
    // A line that begins with a tag is HTML up to the next blank one.
    const html = line.replace(AUTOLINKS, '');
    const goesOn = /^\s*<[a-z]/i.test(html) && /[^ \t]/.test(lines[index + 1] ?? '');
    if (goesOn || HTML.test(html.replace(VOID, ''))) {
      const fix = 'Remove tags and comments, and leave a blank line below an image.';
      add(asWhole('has HTML in it, which can hide answers.', fix));
    }
    if (FORMULA_BLOCK.test(line)) add(HAS_FORMULA);
  }
  if (fence) add(UNCLEAR_FENCE);
  if (FORMULA.test(outside.join('\n').replace(DOLLAR, '$'))) add(HAS_FORMULA);
  return [...problems.values()];
}

const HAS_FORMULA = asWhole('has a formula in it ($).', 'Remove it.');
const UNCLEAR_FENCE = asWhole(
  'has a code block that is indented, nested or not closed.',
  'Begin and end code blocks at the beginning of a line, with the same ``` or ~~~.',
);

function isEnd(line: string, fence: string): boolean {
  // Blanks and tabs alone, which is fewer than trimEnd() takes for blank.
  const run = line.replace(/[ \t]+$/, '');
  return run.length >= fence.length && run === fence.charAt(0).repeat(run.length);
}

/** A heading as people write it. */
export function title(heading: Heading): string {
  return heading.slice(0, 1).toUpperCase() + heading.slice(1);
}
