import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { STEPS } from './requests.ts';
import { startTwins, type Twins } from './twins.ts';

// The emulator's clock is the process's. Here it moves by one second per request.
beforeEach(() => {
  jest.useFakeTimers({
    now: Date.parse('2026-11-24T09:38:00Z'),
    doNotFake: [
      ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'] as const),
      ...([
        'clearImmediate',
        'setInterval',
        'clearInterval',
        'setTimeout',
        'clearTimeout',
      ] as const),
    ],
  });
});
afterEach(() => {
  jest.useRealTimers();
});

const TABLE: Array<[method: string, path: string, status: number, body?: unknown]> = [
  ['POST', 'issues', 201, { title: ' First ', body: 'Hello', labels: ['Connect-Card', 'new'] }],
  ['POST', 'issues', 201, { title: 'Second' }],
  ['POST', 'issues', 422, { body: 'no title' }],
  ['POST', 'issues', 422, { title: '  ' }],
  ['GET', 'issues/1', 200],
  ['GET', 'issues/3', 404],
  ['GET', '/repos/acme/other/issues/1', 404],
  ['POST', 'issues/1/comments', 201, { body: 'one' }],
  ['POST', 'issues/1/comments', 201, { body: 'two\r\n<!-- hidden -->' }],
  ['POST', 'issues/2/comments', 201, { body: 'three' }],
  ['POST', 'issues/1/comments', 201, { body: 'four' }],
  ['POST', 'issues/1/comments', 422, { body: ' ' }],
  ['POST', 'issues/1/comments', 422, {}],
  ['POST', 'issues/3/comments', 404, { body: 'five' }],
  ['GET', 'issues/1/comments', 200],
  ['GET', 'issues/1/comments?per_page=1', 200],
  ['GET', 'issues/1/comments?per_page=1&page=2', 200],
  ['GET', 'issues/1/comments?per_page=1&page=3', 200],
  ['GET', 'issues/1/comments?per_page=1&page=4', 200],
  ['PATCH', 'issues/comments/{1}', 200, { body: 'edited' }],
  ['PATCH', 'issues/comments/{1}', 422, { body: 2 }],
  ['GET', 'issues?sort=updated&state=all', 200],
  ['DELETE', 'issues/comments/{0}', 204],
  ['DELETE', 'issues/comments/{0}', 404],
  ['GET', 'issues/comments/{0}', 404],
  ['PATCH', 'issues/comments/{0}', 404, { body: 'gone' }],
  ['GET', 'issues/1/comments', 200],
  ['GET', 'issues/1', 200],
  ['POST', 'issues/1/labels', 200, { labels: ['connect-card', 'connected'] }],
  ['POST', 'issues/1/labels', 422, { labels: 'connected' }],
  ['POST', 'issues/1/labels', 422, { labels: [''] }],
  ['POST', 'issues/1/labels', 422, {}],
  ['DELETE', 'issues/1/labels/CONNECT-CARD', 200],
  ['DELETE', 'issues/1/labels/connect-card', 404],
  ['DELETE', 'issues/1/labels/nowhere', 404],
  ['GET', 'issues/1/labels', 200],
  ['POST', 'labels', 201, { name: 'alpha', color: '00ff00' }],
  ['POST', 'labels', 422, { name: 'alpha' }],
  ['POST', 'labels', 422, { name: 'beta', color: 'no color' }],
  ['POST', 'labels', 422, {}],
  ['GET', 'labels?per_page=2', 200],
  ['GET', 'issues?labels=connected', 200],
  ['GET', 'issues?labels=connected,new', 200],
  ['GET', 'issues?labels=connected,nowhere', 200],
  ['PATCH', 'issues/1', 200, { state: 'closed' }],
  ['GET', 'issues', 200],
  ['GET', 'issues?state=closed', 200],
  ['PATCH', 'issues/1', 200, { state: 'closed', state_reason: 'not_planned' }],
  ['PATCH', 'issues/1', 200, { state: 'open' }],
  ['PATCH', 'issues/1', 200, { title: 'Renamed', body: null, labels: ['alpha'] }],
  ['GET', 'issues?sort=comments&direction=asc', 200],
  ['GET', 'issues?since=2026-11-24T09:38:20.000Z', 200],
  ['PUT', 'issues/2/lock', 204, { lock_reason: 'off-topic' }],
  ['GET', 'issues/2', 200],
  ['DELETE', 'issues/2/lock', 204],
  ['GET', 'issues/2', 200],
  ['PUT', 'issues/9/lock', 404, {}],
];

test('the sandbox and the emulator answer alike, request by request', async () => {
  const { ask, close } = await startTwins();
  try {
    for (const [method, path, status, body] of TABLE) {
      const answer = await ask(method, path, body);
      expect({ method, path, status: answer.status }).toEqual({ method, path, status });
    }
  } finally {
    await close();
  }
});

test('and to any requests in any order', async () => {
  const pairs: Twins[] = [];
  const property = fc.asyncProperty(
    fc.commands(STEPS, { maxCommands: 60, size: '+1' }),
    async (steps) => {
      const twins = await startTwins();
      pairs.push(twins);
      for (const title of ['One', 'Two']) await twins.ask('POST', 'issues', { title });
      for (const body of ['a', 'b']) await twins.ask('POST', 'issues/1/comments', { body });
      await fc.asyncModelRun(() => ({ model: { issues: 2, comments: 2 }, real: twins }), steps);
      for (const list of ['issues?state=all', 'issues/1/comments', 'labels']) {
        await twins.ask('GET', list);
      }
    },
  );
  try {
    await fc.assert(property, { seed: 20261124, numRuns: 15 });
  } finally {
    await Promise.all(pairs.map(({ close }) => close()));
  }
  const statuses = pairs.flatMap((twins) => twins.statuses);
  expect(statuses.length).toBeGreaterThan(400);
  expect(statuses.filter((status) => status < 300).length).toBeGreaterThan(300);
});
