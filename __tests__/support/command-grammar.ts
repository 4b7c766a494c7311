// What the runner makes of a step's standard output and of the file for its outputs, as its sources have
// it: github.com/actions/runner/tree/main/src, Runner.Common/ActionCommand.cs,
// Runner.Worker/ActionCommandManager.cs and Runner.Worker/FileCommandManager.cs.

/** Commands by their names; the runner compares them without case. */
const REGISTERED: ReadonlySet<string> = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'internal-set-repo-path',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]);

/** What .NET's TrimStart takes away. */
const BLANKS = /^[\t-\r\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/**
 * What .NET ignores where it compares texts by the rules of a language, as the runner does when it looks
 * for `::` and `##[`; the places of what follows are counted in characters all the same.
 */
const IGNORED = String.raw`[\p{Cf}\p{Cc}\p{Mn}]*`;
const TWO_COLONS = new RegExp(`${IGNORED}:${IGNORED}:`, 'gu');
const HASHES = new RegExp(`${IGNORED}#${IGNORED}#${IGNORED}\\[`, 'gu');

/** The names of the commands that a step's standard output has, in order. */
export function commandsIn(stdout: string): string[] {
  // A byte order mark at the very beginning is no part of the text.
  const lines = stdout.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  return lines.flatMap((line) => todays(line, true) ?? todays(line, false) ?? older(line) ?? []);
}

/** `::name key=value::data`, at the beginning of a line. */
function todays(line: string, byLanguage: boolean): string | undefined {
  const message = line.replace(BLANKS, '');
  const colons = (from: number) =>
    byLanguage ? find(TWO_COLONS, message, from) : message.indexOf('::', from);
  if (colons(0) !== 0) return undefined;
  const end = colons(2);
  return end < 0 ? undefined : registered(message.slice(2, end));
}

/** `##[name key=value;key=value]data`, anywhere in a line. */
function older(line: string): string | undefined {
  for (const start of new Set([line.indexOf('##['), find(HASHES, line, 0)])) {
    const end = start < 0 ? -1 : line.indexOf(']', start);
    const name = end < 0 ? undefined : registered(line.slice(start + 3, end));
    if (name) return name;
  }
  return undefined;
}

function find(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
}

/** The name in what a command says of itself, if it is one that the runner knows. */
function registered(info: string): string | undefined {
  const name = info.split(' ', 1)[0]?.toLowerCase() ?? '';
  return REGISTERED.has(name) ? name : undefined;
}

/**
 * The outputs that a step's file sets, in order.
 * @throws Error where the runner would fail the step
 */
export function outputsIn(file: string): Array<[name: string, value: string]> {
  const outputs: Array<[string, string]> = [];
  const lines = file.replace(/^\ufeff/, '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue;
    const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')];
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      outputs.push([line.slice(0, equals), line.slice(equals + 1)]);
      continue;
    }
    const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)];
    const end = lines.indexOf(delimiter);
    if (heredoc < 1 || delimiter === '' || end < 0) throw new Error(`Not valid: ${line}`);
    outputs.push([name, lines.splice(0, end).join('\n')]);
    lines.shift();
  }
  return outputs;
}
