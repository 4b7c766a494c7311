import { expect, test } from '@jest/globals';
import { shown, world } from '../support/onboard.ts';

test('an approved issue becomes a connection, and its link a comment', async () => {
  const { fivetran, github, onboard, own } = await world();
  const { exitCode, outputs, log, summary } = await onboard();
  console.log(log, summary, shown((await own())[0]));
  expect(exitCode).toBe(0);
  expect(fivetran.connections).toHaveLength(1);
  expect(github.requests.map(({ kind }) => kind)).toEqual([]);
  expect(outputs).toEqual({});
});
