import { expect, test } from '@jest/globals';
import { world } from '../support/onboard.ts';

// The command is answered with reactions: at once, and when it is done.

async function reactionsTo(here: Awaited<ReturnType<typeof world>>) {
  const comments = await here.github.comments(1);
  const command = comments.find(({ body }) => body.startsWith('/connect-card'));
  return here.github.reactions(command?.id ?? 0).map(({ content }) => content);
}

test('eyes at once, and +1 when it is done', async () => {
  const here = await world();
  await here.onboard();
  expect((await here.command(1, { dist: true })).outputs.outcome).toBe('linked');
  expect(await reactionsTo(here)).toEqual(['eyes', '+1']);
});

test('confused where nothing could be done', async () => {
  const here = await world();
  await here.open();
  await here.github.addLabel(1, 'connect-card', 'tess');
  expect((await here.command(1, { dist: true })).outputs.outcome).toBe('failed');
  expect(await reactionsTo(here)).toEqual(['eyes', 'confused']);
});

test('a failure to react fails nothing, and holds nothing up', async () => {
  const here = await world();
  await here.onboard();
  here.github.fault({
    on: 'create-reaction',
    times: 9,
    answer: { status: 403, body: { message: 'Resource not accessible by integration' } },
  });
  const step = await here.command();
  expect(step.outputs.outcome).toBe('linked');
  expect(step.annotations.filter(({ level }) => level !== 'notice')).toEqual([]);
  expect(await reactionsTo(here)).toEqual([]);
});

test('a label gets none', async () => {
  const here = await world();
  await here.onboard();
  expect(here.github.requests.some(({ kind }) => kind === 'create-reaction')).toBe(false);
});
