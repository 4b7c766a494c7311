import { expect, test } from '@jest/globals';
import {
  followed,
  forgetRequests,
  results,
  seedIssues,
  waiting,
  writes,
} from '../support/follow-up.ts';
import { shown } from '../support/onboard.ts';

test('after a rotation, records are signed anew and their words stay as they are', async () => {
  const here = await followed();
  seedIssues(here, [{ entries: [waiting(here, 'acme')], secret: 'former-secret' }]);
  const [before] = await here.own();
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'bad-record' }]);
  const step = await here.followUp(
    { 'previous-fivetran-api-secret': 'former-secret' },
    { dist: true },
  );
  expect(results(step)).toMatchObject([{ outcome: 'waiting', changed: false }]);
  expect(writes(here)).toEqual(['update-comment']);
  const [after, ...more] = await here.own();
  expect([after?.id, shown(after), more]).toEqual([before?.id, shown(before), []]);
  expect(after?.body).not.toBe(before?.body);
  // From now on the new secret is enough.
  forgetRequests(here);
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'waiting', changed: false }]);
  expect(writes(here)).toEqual([]);
});
