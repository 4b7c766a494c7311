import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { shown, THREE, world } from '../support/onboard.ts';

test('the comment has the sources in the form’s order, whichever is created first', async () => {
  const here = await world();
  here.fivetran.fault({ on: 'create', meanwhile: () => sleep(300) });
  await here.onboard(THREE);
  const names = [...shown((await here.own())[0]).matchAll(/^⏳ \*\*(.+?)\*\*/gm)];
  expect(names.map(([, name]) => name)).toEqual(['Google Ads', 'Stripe', 'Facebook Ads']);
});
