import { expect, test } from '@jest/globals';
import { killedAndRunAgain, POINTS } from '../support/killed.ts';
import { THREE } from '../support/onboard.ts';

// Killed at any point and run again: three connections, one comment, three links that work.

test.each(Object.entries(POINTS))('three sources, killed %s and run again', async (_, point) => {
  expect(await killedAndRunAgain(point, THREE)).toEqual({
    exitCode: 0,
    connections: 3,
    comments: 1,
    working: 3,
  });
});
