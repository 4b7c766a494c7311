/** A notice, warning or error; with its position in a file where the command names one. */
interface Annotation {
  level: 'notice' | 'warning' | 'error';
  title: string;
  message: string;
  file?: string;
  line?: number;
  col?: number;
}

// A lone carriage return also ends a line.
const LINE_END = /\r\n|\r|\n/;

export interface Obeyed {
  /** What a person sees: commands left out, annotations as text, secrets masked. */
  log: string;
  masks: string[];
  annotations: Annotation[];
  /** The name of every command that the runner would obey, in their order. */
  commands: string[];
}

/**
 * The commands that the runner knows; it shows any other as text.
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs
 */
const KNOWN: ReadonlySet<string> = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]);

interface Command {
  name: string;
  properties: string;
  data: string;
}

/**
 * Reads the output of a step, and obeys its workflow commands. As the runner does, it takes
 * `::name::` at the beginning of a line (after blanks) and `##[name]` anywhere in it, and nothing
 * between `::stop-commands::token` and `::token::`.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function obeyCommands(raw: string): Obeyed {
  const masks: string[] = [];
  const annotations: Annotation[] = [];
  const commands: string[] = [];
  const shown: string[] = [];
  let stoppedUntil: string | undefined;
  for (const line of raw.split(LINE_END)) {
    const command = commandIn(line, stoppedUntil);
    if (command && stoppedUntil !== undefined) {
      stoppedUntil = undefined;
      continue;
    }
    if (!command) {
      shown.push(maskedBy(masks, line));
      continue;
    }
    const { name, data } = command;
    commands.push(name);
    if (name === 'stop-commands') stoppedUntil = data.toLowerCase();
    else if (name === 'add-mask') addMask(masks, data);
    else if (isLevel(name)) {
      const annotation = annotationOf(name, command, masks);
      annotations.push(annotation);
      shown.push(`${name[0]?.toUpperCase()}${name.slice(1)}: ${annotation.message}`);
    } else if (name === 'group') shown.push(`▼ ${maskedBy(masks, data)}`);
    else if (name === 'debug') shown.push(`##[debug]${maskedBy(masks, data)}`);
  }
  return { log: shown.join('\n'), masks, annotations, commands };
}

/** A text with every mask taken out of it. */
export function maskedBy(masks: string[], text: string): string {
  // The longest first: a mask may be a part of another.
  return masks
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, mask) => rest.replaceAll(mask, '***'), text);
}

/** The runner masks a value and each of its lines, and ignores blanks. */
function addMask(masks: string[], value: string): void {
  masks.push(...new Set([value, ...value.split(LINE_END)].filter((part) => part.trim() !== '')));
}

/** The command in a line: while commands are stopped, only the one that starts them again. */
function commandIn(line: string, stoppedUntil: string | undefined): Command | undefined {
  const today = /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/.exec(line);
  const older = today ? undefined : /##\[([^\s\]]+)(?: ([^\]]*))?\](.*)$/.exec(line);
  const [, name, properties = '', data = ''] = today ?? older ?? [];
  const lower = name?.toLowerCase();
  if (!lower || !(stoppedUntil === undefined ? KNOWN.has(lower) : lower === stoppedUntil)) {
    return undefined;
  }
  return { name: lower, properties, data: today ? unescaped(data) : legacy(data) };
}

function isLevel(name: string): name is Annotation['level'] {
  return name === 'notice' || name === 'warning' || name === 'error';
}

function annotationOf(
  level: Annotation['level'],
  { properties, data }: Command,
  masks: string[],
): Annotation {
  const property = (name: string) => {
    const found = new RegExp(`(?:^|[,;]) ?${name}=([^,;]*)`).exec(properties)?.[1];
    return found === undefined ? undefined : unescapedProperty(found);
  };
  const file = property('file');
  const line = property('line');
  const col = property('col');
  return {
    level,
    title: property('title') ?? '',
    message: maskedBy(masks, data),
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line: Number(line) }),
    ...(col !== undefined && { col: Number(col) }),
  };
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

/** A property's value has two characters more that would end it. */
function unescapedProperty(text: string): string {
  return unescaped(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}

/** The older form also escapes `;` and `]`. */
function legacy(text: string): string {
  return unescaped(text.replaceAll('%3B', ';').replaceAll('%5D', ']'));
}
