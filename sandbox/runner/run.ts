import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface StepOptions {
  /** The step's `with:`. */
  with?: Record<string, string>;
  /** The step's `env:`. */
  env?: Record<string, string>;
  /** The event that started the workflow. */
  event?: { name: string; payload: object };
  /** Called when the process is there, for tests that end it as a lost machine would. */
  onStart?: (kill: (signal?: NodeJS.Signals) => void) => void;
  /** Called when the process has printed more, for tests that act in the middle of a run. */
  onOutput?: (soFar: string) => void;
  /** Milliseconds after which the process is killed. */
  limit?: number;
}

export interface StepResult {
  exitCode: number | null;
  /** What a person sees: commands taken out, annotations as text, secrets masked. */
  log: string;
  /** What the process printed, commands and all. */
  raw: string;
  /** What it wrote to standard error. */
  stderr: string;
  outputs: Record<string, string>;
  /** What the file that `results-file` names holds. */
  resultsFile: string;
  summary: string;
  masks: string[];
  annotations: Array<{ level: 'notice' | 'warning' | 'error'; title: string; message: string }>;
  /** Milliseconds from start to end. */
  took: number;
}

/**
 * Runs the shipped `dist/index.js` as GitHub's runner does: inputs in the environment with their
 * defaults from action.yml filled in, files for outputs and summary, commands on standard output.
 * It masks as the runner does, in the job summary too.
 */
export async function runStep(options: StepOptions = {}): Promise<StepResult> {
  const temp = await mkdtemp(join(tmpdir(), 'connect-card-step-'));
  const files = {
    output: join(temp, 'output'),
    summary: join(temp, 'summary'),
    event: join(temp, 'event.json'),
  };
  const { name, payload } = options.event ?? { name: 'workflow_dispatch', payload: {} };
  await Promise.all([
    writeFile(files.output, ''),
    writeFile(files.summary, ''),
    writeFile(files.event, JSON.stringify(payload)),
  ]);
  const started = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'dist/index.js')], {
    env: {
      PATH: process.env.PATH,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION: 'card',
      GITHUB_REPOSITORY: 'acme/onboarding',
      GITHUB_EVENT_NAME: name,
      GITHUB_EVENT_PATH: files.event,
      GITHUB_RUN_ID: '4711',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      RUNNER_TEMP: temp,
      ...(await inputEnvironment(options.with ?? {})),
      ...options.env,
    },
  });
  options.onStart?.((signal = 'SIGKILL') => child.kill(signal));
  let raw = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    raw += text;
    options.onOutput?.(raw);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const killer = setTimeout(() => child.kill('SIGKILL'), options.limit ?? 60_000);
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(killer);
  const took = performance.now() - started;
  const outputs = parseFileCommands(await readFile(files.output, 'utf8'));
  const file = outputs['results-file'];
  const resultsFile = file ? await readFile(file, 'utf8') : '';
  const written = await readFile(files.summary, 'utf8');
  const { log, masks, annotations } = readCommands(raw);
  const summary = hide(masks, written);
  return { exitCode, log, raw, stderr, outputs, resultsFile, summary, masks, annotations, took };
}

/** Throws away what a step left in its RUNNER_TEMP. */
export async function forget({ outputs }: StepResult): Promise<void> {
  const file = outputs['results-file'];
  if (file) await rm(join(file, '..'), { recursive: true, force: true });
}

/** `INPUT_…` for every input: the runner fills defaults in before the action starts. */
async function inputEnvironment(given: Record<string, string>): Promise<Record<string, string>> {
  const action = parse(await readFile(join(ROOT, 'action.yml'), 'utf8'));
  const unknown = Object.keys(given).filter((name) => !(name in action.inputs));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}`);
  const inputs = Object.entries<{ default?: string }>(action.inputs);
  return Object.fromEntries(
    inputs.map(([name, input]) => [
      `INPUT_${name.toUpperCase()}`,
      given[name] ?? evaluate(input.default ?? ''),
    ]),
  );
}

/** A default of the form `${{ github.token }}` is empty where nobody gave a token. */
function evaluate(text: string): string {
  return text.startsWith('${{') ? '' : text;
}

/** Reads GITHUB_OUTPUT: `name<<delimiter`, the value's lines, `delimiter`. */
function parseFileCommands(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  while (lines.length > 0) {
    const [, name, delimiter] = lines.shift()?.match(/^(.+?)<<(.+)$/) ?? [];
    if (!name || !delimiter) continue;
    const end = lines.indexOf(delimiter);
    outputs[name] = lines.splice(0, end).join('\n');
    lines.shift();
  }
  return outputs;
}

/** Takes the workflow commands out of what was printed, and does what they say. */
function readCommands(raw: string): Pick<StepResult, 'log' | 'masks' | 'annotations'> {
  const masks: string[] = [];
  const annotations: StepResult['annotations'] = [];
  const shown: string[] = [];
  for (const line of raw.split('\n')) {
    const [, command = '', properties = '', data = ''] =
      line.match(/^::([\w-]+)(?: (.*?))?::(.*)$/) ?? [];
    const text = unescaped(data);
    if (command === 'add-mask') masks.push(text);
    else if (command === 'notice' || command === 'warning' || command === 'error') {
      const title = unescaped(properties.match(/title=([^,]*)/)?.[1] ?? '');
      const message = hide(masks, text);
      annotations.push({ level: command, title, message });
      shown.push(`${command[0]?.toUpperCase()}${command.slice(1)}: ${message}`);
    } else if (command === 'group') shown.push(`▼ ${hide(masks, text)}`);
    else if (command === 'debug') shown.push(`##[debug]${hide(masks, text)}`);
    else if (!command) shown.push(hide(masks, line));
  }
  return { log: shown.join('\n'), masks, annotations };
}

function unescaped(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

function hide(masks: string[], text: string): string {
  return masks.reduce((rest, mask) => (mask ? rest.replaceAll(mask, '***') : rest), text);
}
