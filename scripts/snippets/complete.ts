import { parse } from 'yaml';
import { isRecord } from '../../src/model/json.ts';

/** How workflows name this action. */
export const PUBLISHED = 'connect-card-link/connect-card-link@v1';

/** What actionlint needs beside a fragment, before this action's own inputs. */
const REQUIRED = ['fivetran-api-key', 'fivetran-api-secret'];

/**
 * What a block is a part of: a whole workflow or what is above its jobs, some jobs, a job, steps, a step,
 * inputs of this action; or an action, an issue form, a list for `requests`.
 */
export type Kind = keyof typeof COMPLETIONS | 'action' | 'form' | 'list';

const WORKFLOW_KEYS = ['name', 'run-name', 'on', 'permissions', 'concurrency', 'env', 'defaults'];
const JOB_KEYS = [
  ...['name', 'needs', 'if', 'runs-on', 'permissions', 'environment', 'concurrency', 'outputs'],
  ...[
    'env',
    'defaults',
    'timeout-minutes',
    'strategy',
    'container',
    'services',
    'secrets',
    'steps',
  ],
];

const COMPLETIONS = {
  workflow: (text: string) => (has(text, 'on') ? text : `on: workflow_dispatch\n${text}`),
  head: (text: string) =>
    `${has(text, 'on') ? '' : 'on: workflow_dispatch\n'}${text}\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n      - run: 'true'\n`,
  jobs: (text: string) => `${triggerFor(text)}jobs:\n${otherJobs(text)}${indent(text, 2)}`,
  job: (text: string) => {
    const isCall = has(text, 'uses');
    const missing = [
      has(text, 'needs') ? '' : needsFor(text),
      has(text, 'strategy') ? '' : matrixFor(text),
      isCall || has(text, 'runs-on') ? '' : 'runs-on: ubuntu-latest\n',
      isCall || has(text, 'steps') ? '' : "steps:\n  - run: 'true'\n",
    ].join('');
    const job = indent(`${missing}${withSteps(text)}`, 4);
    return `${triggerFor(text)}jobs:\n${otherJobs(text)}  snippet:\n${job}`;
  },
  steps: (text: string): string => COMPLETIONS.job(`steps:\n${indent(text, 2)}`),
  step: (text: string): string => {
    const isComplete = has(text, 'uses') || has(text, 'run');
    const step = `${isComplete ? '' : `uses: ${PUBLISHED}\n`}${text}`;
    return COMPLETIONS.steps(indent(step, 2).replace(/^ {2}(?=\S)/, '- '));
  },
  inputs: (text: string): string => {
    const missing = REQUIRED.filter((input) => !has(text, input)).map((input) => `${input}: x\n`);
    return COMPLETIONS.step(`with:\n${indent(missing.join('') + text, 2)}`);
  },
} satisfies Record<string, (text: string) => string>;

/**
 * What a block is a part of.
 * @param inputs the names of this action's inputs
 * @throws when it is no YAML
 */
export function kindOf(text: string, inputs: readonly string[]): Kind | undefined {
  const value: unknown = parse(text);
  if (Array.isArray(value)) return kindOfList(value);
  if (!isRecord(value)) return undefined;
  const keys = Object.keys(value);
  const only = (names: readonly string[]) => keys.every((key) => names.includes(key));
  if ('jobs' in value) return 'workflow';
  if ('runs' in value) return 'action';
  if (Array.isArray(value.body)) return 'form';
  if ('steps' in value || String(value.uses).includes('.github/workflows/')) return 'job';
  if ('uses' in value || 'run' in value || 'with' in value) return 'step';
  // `concurrency` is a number here, and a group above or in a job.
  if (only(inputs) && !(isRecord(value.concurrency) || /\D/.test(String(value.concurrency ?? ''))))
    return 'inputs';
  if (Object.values(value).every(isJob)) return 'jobs';
  if (only(WORKFLOW_KEYS)) return 'head';
  return only(JOB_KEYS) ? 'job' : undefined;
}

/** A block as a workflow of its own; undefined for what is no part of one. */
export function asWorkflow(kind: Kind, text: string): string | undefined {
  const complete = kind in COMPLETIONS && COMPLETIONS[kind as keyof typeof COMPLETIONS];
  return complete ? complete(dedent(text)) : undefined;
}

function kindOfList(list: unknown[]): Kind | undefined {
  const records = list.filter(isRecord);
  if (records.length < list.length) return undefined;
  if (records.every((one) => 'uses' in one || 'run' in one)) return 'steps';
  if (records.every((one) => 'type' in one)) return 'form';
  return records.every((one) => 'service' in one || 'connection-id' in one) ? 'list' : undefined;
}

function isJob(value: unknown): boolean {
  return isRecord(value) && ('steps' in value || 'runs-on' in value || 'uses' in value);
}

/** Steps that are referred to as if they were above, put there. */
function withSteps(job: string): string {
  const [, before = '', first = ''] = /^([\s\S]*?^steps:\n)( *)- /m.exec(job) ?? [];
  const known = new Set(idsIn(job));
  const missing = namesAfter('steps', job).filter((id) => !known.has(id));
  const steps = missing.map(
    (id) => `${first}- id: ${id}\n${first}  run: echo "x=1" >> "$GITHUB_OUTPUT"\n`,
  );
  // What an output of a script is called isn't known to actionlint, and so isn't checked here.
  return before + steps.join('') + job.slice(before.length);
}

function idsIn(text: string): string[] {
  return [...text.matchAll(/^[ -]*\bid: *['"]?([\w-]+)/gm)].map(([, id = '']) => id);
}

/** A trigger with the inputs that a fragment refers to. */
function triggerFor(text: string): string {
  const inputs = namesAfter('inputs', text).map((name) => `      ${name}: { type: string }\n`);
  if (inputs.length === 0) return 'on: workflow_dispatch\n';
  return `on:\n  workflow_dispatch:\n    inputs:\n${inputs.join('')}`;
}

/** Jobs that a fragment needs, with the outputs that it reads. */
function otherJobs(text: string): string {
  const value: unknown = parse(text);
  const own = isRecord(value) ? Object.keys(value) : [];
  const declared = [...text.matchAll(/^ *needs: *\[?([\w ,-]+)\]?/gm)].flatMap(
    ([, list = '']) => list.match(/[\w-]+/g) ?? [],
  );
  const needed = new Set([...declared, ...namesAfter('needs', text)]);
  return [...needed]
    .filter((id) => !own.includes(id))
    .map((id) => {
      const outputs = namesAfter(`needs\\.${id}\\.outputs`, text);
      const lines = outputs.map((name) => `      ${name}: x\n`);
      return `  ${id}:\n    runs-on: ubuntu-latest\n${lines.length > 0 ? `    outputs:\n${lines.join('')}` : ''}    steps:\n      - run: 'true'\n`;
    })
    .join('');
}

function needsFor(text: string): string {
  const names = namesAfter('needs', text);
  return names.length > 0 ? `needs: [${names.join(', ')}]\n` : '';
}

function matrixFor(text: string): string {
  const names = namesAfter('matrix', text);
  const values = names.map((name) => `    ${name}: \${{ fromJSON(vars.LIST) }}\n`);
  return names.length > 0 ? `strategy:\n  matrix:\n${values.join('')}` : '';
}

/** The names that follow a context's name in a text's expressions, each once. */
function namesAfter(context: string, text: string): string[] {
  const found = text.matchAll(new RegExp(`(?<![\\w.-])${context}\\.([\\w-]+)`, 'g'));
  return [...new Set([...found].map(([, name = '']) => name))];
}

/** Whether a mapping has a key at its top. */
function has(text: string, key: string): boolean {
  const value: unknown = parse(text);
  return isRecord(value) && key in value;
}

function dedent(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() && !/^\s*#/.test(line));
  const depth = Math.min(...lines.map((line) => line.search(/\S/)));
  return `${text.replaceAll(new RegExp(`^ {1,${Math.max(depth, 1)}}`, 'gm'), depth > 0 ? '' : '$&').trimEnd()}\n`;
}

function indent(text: string, depth: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(depth));
}
