import { expect, test } from '@jest/globals';
import { Clock } from '../support/clock.ts';
import { world } from '../support/onboard.ts';

// Runs for an issue that wait for seconds, by a clock that doesn't.

test.each([
  { what: 'had no effect', effect: 'none', slept: [0, 1000, 2000, 4000, 8000] },
  { what: 'had its effect', effect: 'done', slept: [0] },
] as const)(
  'a create whose response was lost and that $what: one connection, one comment',
  async ({ effect, slept }) => {
    const here = await world();
    here.fivetran.fault({ on: 'create', effect, answer: 'reset' });
    const clock = new Clock();
    const step = await here.onboard(undefined, { clock });
    expect(step.exitCode).toBe(0);
    expect(clock.slept).toEqual(slept);
    expect(here.fivetran.connections).toHaveLength(1);
    const comments = await here.own();
    expect(comments.map(({ body }) => body)).toEqual([
      expect.stringContaining('/connect-card/setup'),
    ]);
  },
);

test('two runs for events at once are refused: both would read the same environment', async () => {
  const here = await world();
  const clock = new Clock();
  const { number } = await here.open();
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  const runs = [here.run(event, { clock }), here.run(event, { clock })];
  const ended = await Promise.allSettled(runs);
  expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});
