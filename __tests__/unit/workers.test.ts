import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { inParallel } from '../../src/operations/workers.ts';

const never = { stopped: () => false };

test('every item once, in order, and no more in progress than allowed', async () => {
  const begun: string[] = [];
  let inProgress = 0;
  let most = 0;
  await inParallel(
    ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
    3,
    async (item, index) => {
      begun.push(`${index}${item}`);
      inProgress += 1;
      most = Math.max(most, inProgress);
      await turn();
      inProgress -= 1;
    },
    never,
  );
  expect(begun).toEqual(['0a', '1b', '2c', '3d', '4e', '5f', '6g']);
  expect(most).toBe(3);
});

test('once stopped, nothing new is begun, and what is in progress finishes', async () => {
  let stopped = false;
  const finished: number[] = [];
  await inParallel(
    [1, 2, 3, 4, 5],
    2,
    async (item) => {
      if (item === 2) stopped = true;
      await turn();
      finished.push(item);
    },
    { stopped: () => stopped },
  );
  expect(finished).toEqual([1, 2]);
});

test('what is thrown is thrown on, after what is in progress has finished', async () => {
  const finished: number[] = [];
  const working = inParallel(
    [1, 2, 3, 4],
    2,
    async (item) => {
      if (item === 1) throw new Error('one');
      await turn();
      finished.push(item);
    },
    never,
  );
  await expect(working).rejects.toThrow('one');
  expect(finished).toEqual([2]);
});

test('no items need no work', async () => {
  await inParallel([], 8, () => Promise.reject(new Error('unused')), never);
});
