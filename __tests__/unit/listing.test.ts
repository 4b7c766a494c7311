import { expect, test } from '@jest/globals';
import type { LookupResult } from '../../src/fivetran/connections.ts';
import { Listing } from '../../src/fivetran/listing.ts';
import type { Connection } from '../../src/model/connection.ts';

const named = (id: string, name: string): Connection => ({
  id,
  name,
  service: 'google_ads',
  groupId: 'g',
  setupState: 'incomplete',
  createdAt: 0,
});

/** Connections in two pages, with a count of the listings. */
function fake() {
  const listed: string[] = [];
  return {
    listed,
    async *pages(groupId: string): AsyncGenerator<LookupResult> {
      listed.push(groupId);
      yield { connections: [named('1', 'acme'), named('2', 'rival')], date: 1000 };
      yield { connections: [named('3', 'acme'), named('4', 'rival.table')], date: 2000 };
    },
  };
}
const ids = ({ connections }: LookupResult) => connections.map(({ id }) => id);

test('a group is listed once, whoever asks; its time is that of its first page', async () => {
  const connections = fake();
  const listing = new Listing(connections);
  const [acme, none, all] = await Promise.all([
    listing.named('g', 'acme'),
    listing.named('g', 'Acme'),
    listing.all('g'),
  ]);
  expect(ids(acme)).toEqual(['1', '3']);
  expect(ids(none)).toEqual([]);
  expect(ids(all).sort()).toEqual(['1', '2', '3', '4']);
  expect([acme.date, all.date]).toEqual([1000, 1000]);
  expect(connections.listed).toEqual(['g']);
});

test('names that nobody asks for aren’t kept', async () => {
  const listing = new Listing(fake(), (name) => name.startsWith('rival'));
  expect(ids(await listing.all('g'))).toEqual(['2', '4']);
  expect(ids(await listing.named('g', 'acme'))).toEqual([]);
});

test('a failure is the same error for all who wait for it', async () => {
  const error = new Error('no such group');
  const listing = new Listing({
    // biome-ignore lint/correctness/useYield: it fails before its first page
    async *pages() {
      throw error;
    },
  });
  const asked = ['a', 'b'].map((name) => listing.named('g', name).catch((thrown) => thrown));
  expect(await Promise.all(asked)).toEqual([error, error]);
});
