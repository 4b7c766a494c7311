import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { problemsIn } from '../../scripts/snippets/check.ts';
import { asWorkflow, kindOf } from '../../scripts/snippets/complete.ts';
import { yamlBlocksIn } from '../../scripts/snippets/markdown.ts';
import { documents, snippetsIn } from '../../scripts/snippets.ts';
import { ROOT } from '../act/act.ts';
import { scenarios } from '../act/scenarios.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const action = parse(read('action.yml'));
const inputs = Object.keys(action.inputs);
const USES = 'uses: connect-card-link/connect-card-link@v1';
const expression = (text: string) => `\${{ ${text} }}`;
const KEYS = 'fivetran-api-key: x, fivetran-api-secret: x';

const snippets = documents().flatMap((path) => snippetsIn(path, read(path), inputs));

test('there are snippets to check', () => {
  expect(snippets.length).toBeGreaterThan(5);
});

test.each(snippets)('the YAML at $place is what the action and workflows accept', (snippet) => {
  expect(problemsIn(snippet, action)).toEqual([]);
});

test('each that uses the action is run', () => {
  // docs/try-it.md is followed from its first to its last line (__tests__/act/try-it.ts).
  const ours = snippets.filter(
    ({ place, text }) => text.includes(USES) && !place.startsWith('docs/try-it.md:'),
  );
  const notRun = ours.filter(
    ({ place, text }) =>
      !scenarios.some(
        ({ example, snippet }) =>
          snippet && place.startsWith(`${example}:`) && text.includes(snippet),
      ),
  );
  expect(notRun.map(({ place }) => place)).toEqual([]);
});

describe('a block of YAML', () => {
  test('is found in lists and quotations, with its line', () => {
    const markdown =
      '# A\n\n- item\n\n  ```yaml\n  a: 1\n  ```\n\n> ```yml\n> b: 2\n> ```\n\n```sh\nc: 3\n```\n';
    const found = yamlBlocksIn(markdown).map(({ line, text }) => [line, text]);
    expect(found).toEqual([
      [6, 'a: 1'],
      [10, 'b: 2'],
    ]);
  });

  test('can be called something else', () => {
    expect(snippetsIn('a.md', '```yaml other\nversion: 2\n```', inputs)).toEqual([]);
    expect(snippetsIn('a.md', '```yaml\nversion: 2\n```', inputs)).toHaveLength(1);
  });

  test('has its place named when it is no YAML', () => {
    expect(() => snippetsIn('a.md', 'x\n\n```yaml\na: [\n```', inputs)).toThrow('a.md:4');
  });

  test.each([
    ['workflow', `on: push\njobs: { a: { runs-on: x, steps: [{ ${USES} }] } }`],
    ['workflow', `jobs: { a: { runs-on: x, steps: [{ ${USES} }] } }`],
    ['head', 'permissions:\n  issues: write'],
    ['head', 'on:\n  issues:\n    types: [labeled]\nconcurrency:\n  group: x'],
    ['jobs', `link:\n  runs-on: x\n  steps:\n    - ${USES}`],
    ['job', `permissions:\n  issues: write\nsteps:\n  - ${USES}`],
    ['job', 'runs-on: [self-hosted, linux]\nenv:\n  HTTPS_PROXY: x'],
    ['job', 'uses: ./.github/workflows/a.yml\nwith:\n  service: x'],
    ['steps', `- id: card\n  ${USES}`],
    ['steps', '- run: echo'],
    ['step', `    ${USES}\n    with:\n      service: x`],
    ['step', 'with:\n  service: x'],
    ['inputs', '      service: postgres\n      settings: |\n        paused: true'],
    ['inputs', 'concurrency: 4'],
    ['action', `runs:\n  using: composite\n  steps:\n    - ${USES}`],
    ['form', 'name: x\nbody:\n  - type: input'],
    ['form', '- type: dropdown\n  id: service'],
    ['list', '- service: stripe\n  schema: acme'],
  ])('is recognized as %s', (kind, text) => {
    expect(kindOf(text, inputs)).toBe(kind);
    const workflow = asWorkflow(kindOf(text, inputs) ?? 'list', text);
    if (['action', 'form', 'list'].includes(kind)) {
      expect(workflow).toBeUndefined();
      return;
    }
    const { on, jobs, ...rest } = parse(workflow ?? '');
    expect(on).toBeDefined();
    const [job] = Object.values<{ steps?: object[]; uses?: string; 'runs-on'?: unknown }>(jobs);
    expect(job?.uses ?? job?.['runs-on']).toBeDefined();
    // Nothing of it is lost.
    const all = JSON.stringify({ on, jobs, ...rest });
    for (const word of text.match(/[\w@/-]+/g) ?? []) expect(all).toContain(word);
  });

  test.each(['version: 2', '- a\n- b', 'just words', `servise: x\n${USES.replace('uses', 'use')}`])(
    'is not recognized: %j',
    (text) => {
      const kind = kindOf(text, inputs);
      expect(kind).toBeUndefined();
      expect(problemsIn({ kind, text, workflow: undefined }, action)).toHaveLength(1);
    },
  );

  test('gets what its expressions refer to', () => {
    const text = [
      'if: needs.plan.outputs.go',
      'steps:',
      '  - env:',
      `      A: ${expression('steps.card.outputs.link')}`,
      `      B: ${expression('matrix.account')}`,
      `      C: ${expression('inputs.schema')}`,
      '    run: echo',
    ].join('\n');
    const { on, jobs } = parse(asWorkflow('job', text) ?? '');
    expect(on.workflow_dispatch.inputs).toHaveProperty('schema');
    expect(jobs.plan.outputs).toHaveProperty('go');
    expect(jobs.snippet.needs).toEqual(['plan']);
    expect(jobs.snippet.strategy.matrix).toHaveProperty('account');
    expect(jobs.snippet.steps.map(({ id }: { id?: string }) => id)).toEqual(['card', undefined]);
  });
});

describe('a snippet is refused', () => {
  test.each([
    ['an input that does not exist', `- ${USES}\n  with: { ${KEYS}, shema: x }`, 'no input shema'],
    [
      'a step without a required input',
      `- ${USES}\n  with: { service: x }`,
      'needs fivetran-api-key',
    ],
    [
      'another name of the action',
      `- uses: me/connect-card-link@v1\n  with: { ${KEYS} }`,
      'should use',
    ],
    [
      'another version',
      `- uses: connect-card-link/connect-card-link@v2\n  with: { ${KEYS} }`,
      'should use',
    ],
    [
      'an output that does not exist',
      `- env: { A: "${expression('steps.card.outputs.url')}" }\n  run: echo`,
      'no output url',
    ],
    [
      'an expression in a script',
      `- run: echo ${expression('steps.card.outputs.link')}`,
      'becomes part of it',
    ],
    [
      'an output of a named step that does not exist',
      `- id: onboarding\n  ${USES}\n  with: { ${KEYS} }\n- if: steps.onboarding.outputs.url\n  run: echo`,
      'no output url',
    ],
  ])('for %s', (_, text, problem) => {
    const kind = kindOf(text, inputs);
    const workflow = kind && asWorkflow(kind, text);
    expect(problemsIn({ kind, text, workflow }, action).join()).toContain(problem);
  });

  test.each([
    ['inputs alone', 'service: google_ads'],
    [
      'a commit',
      `- ${USES.replace('v1', '0123456789abcdef0123456789abcdef01234567')}\n  with: { ${KEYS} }`,
    ],
    ['a copy', `- uses: your-org/connect-card-link@v1\n  with: { ${KEYS} }`],
    ['what leaves something out', `- ${USES}\n  with:\n    # ...\n    service: x`],
    ['outputs of other steps', '- id: card\n  run: echo\n- if: steps.card.outputs.x\n  run: echo'],
  ])('not for %s', (_, text) => {
    const kind = kindOf(text, inputs);
    const workflow = kind && asWorkflow(kind, text);
    expect(problemsIn({ kind, text, workflow }, action)).toEqual([]);
  });
});
