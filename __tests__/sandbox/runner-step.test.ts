import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runStep } from '../../sandbox/runner/run.ts';

let action: string;

/** An action that prints its environment. */
beforeEach(async () => {
  action = await mkdtemp(join(tmpdir(), 'connect-card-action-'));
  await mkdir(join(action, 'dist'));
  await writeFile(join(action, 'action.yml'), 'inputs: {}\n');
  await writeFile(join(action, 'dist/index.js'), 'console.log(JSON.stringify(process.env));');
});
afterEach(() => rm(action, { recursive: true }));

async function environment(options: Parameters<typeof runStep>[0]) {
  return JSON.parse((await runStep({ action, ...options })).log);
}

const event = { name: 'issues', payload: { action: 'labeled', sender: { login: 'tess' } } };

test('an event’s sender is the actor, whoever repeats the run', async () => {
  expect(await environment({ event })).toMatchObject({
    GITHUB_ACTOR: 'tess',
    GITHUB_TRIGGERING_ACTOR: 'tess',
    GITHUB_JOB: 'link',
    GITHUB_RUN_ATTEMPT: '1',
  });
  expect(await environment({ event, attempt: 2, triggeredBy: 'mallory' })).toMatchObject({
    GITHUB_ACTOR: 'tess',
    GITHUB_TRIGGERING_ACTOR: 'mallory',
    GITHUB_RUN_ATTEMPT: '2',
  });
});

test('GraphQL is found beside REST, unless a test says otherwise', async () => {
  const env = { GITHUB_API_URL: 'http://127.0.0.1:1' };
  expect(await environment({ env })).toMatchObject({
    GITHUB_GRAPHQL_URL: 'http://127.0.0.1:1/graphql',
  });
  const own = { ...env, GITHUB_GRAPHQL_URL: 'http://127.0.0.1:2/api/graphql' };
  expect((await environment({ env: own })).GITHUB_GRAPHQL_URL).toBe(own.GITHUB_GRAPHQL_URL);
  expect(await environment({})).not.toHaveProperty('GITHUB_GRAPHQL_URL');
});
