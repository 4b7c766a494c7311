import { expect, test } from '@jest/globals';
import { killedAndRunAgain, POINTS } from '../support/killed.ts';

// Killed at any point and run again: one connection, one comment, one link that works.

test.each(Object.entries(POINTS))('one source, killed %s and run again', async (_, point) => {
  expect(await killedAndRunAgain(point)).toEqual({
    exitCode: 0,
    connections: 1,
    comments: 1,
    working: 1,
  });
});
