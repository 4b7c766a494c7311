import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nameConfig } from '../../src/fivetran/naming.ts';
import {
  canBeService,
  nearestServices,
  nearMisses,
  sameService,
  shapeOf,
  successorOf,
} from '../../src/fivetran/services.ts';
import * as tables from '../../src/fivetran/services-table.ts';
import { connectionName } from '../../src/model/connection.ts';

describe('where the destination name goes', () => {
  test.each([
    ['google_ads', undefined, { schema: 'acme' }, 'acme'],
    ['google_sheets', 'budget', { schema: 'acme', table: 'budget' }, 'acme.budget'],
    ['postgres_rds', undefined, { schema_prefix: 'acme' }, 'acme'],
    ['s3', 'files', { schema: 'acme', table_group_name: 'files' }, 'acme.files'],
    ['brand_new_service', undefined, { schema: 'acme' }, 'acme'],
    ['brand_new_service', 'x', { schema: 'acme', table: 'x' }, 'acme.x'],
  ])('%s', (service, table, config, name) => {
    const wanted = { service, schema: 'acme', ...(table && { table }) };
    expect(nameConfig(wanted)).toEqual(config);
    expect(connectionName(wanted)).toBe(name);
  });
});

describe('the table of connector types', () => {
  const listed = Object.values(tables).map((names) => names.trim().split(/\s+/));
  const all = listed.flat();

  test('has 773, each once, in four shapes', () => {
    expect(listed.map(({ length }) => length).sort((a, b) => a - b)).toEqual([13, 49, 57, 654]);
    expect(new Set(all).size).toBe(773);
  });

  test('knows each of them, and nothing that is only part of one', () => {
    for (const name of all) expect(shapeOf(name)).toBeDefined();
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.nat(), (name, at) => {
        const part = name.slice(0, at % name.length);
        expect(shapeOf(part) !== undefined).toBe(all.includes(part));
      }),
    );
  });

  test.each(['', ' ', 'Google_ads', '.*', 'google_ads|', 'schema\n', '__proto__', 'constructor'])(
    '%j is no connector type',
    (text) => {
      expect(shapeOf(text)).toBeUndefined();
      expect(successorOf(text)).toBeUndefined();
    },
  );
});

describe('did you mean', () => {
  test.each([
    ['Google Ads', 'google_ads'],
    ['google_adds', 'google_ads'],
    ['googleads', 'google_ads'],
    ['adwords', 'google_ads'],
    ['AdWords', 'google_ads'],
    ['hubspt', 'hubspot'],
    ['S3', 's3'],
    ['  Sales-force ', 'salesforce'],
  ])('%j: %s', (text, name) => expect(nearestServices(text)).toContain(name));

  test('nothing near, nothing said; three at most; never long', () => {
    expect(nearestServices('zzzzzzzzzzzzzzzz')).toEqual([]);
    fc.assert(
      fc.property(fc.string({ maxLength: 5000 }), (text) => {
        expect(nearestServices(text).length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 20 },
    );
  });

  test.each(['hubspott', 'hubsopt', 'googleads', 'google_adds', 'facebok_ads', 'shopfiy'])(
    '%s is a near miss',
    (service) => expect(nearMisses(service)).not.toEqual([]),
  );

  test.each([
    ['known', 'hubspot'],
    ['retired', 'adwords'],
    ['another number', 'canvas_data_3_by_instructure'],
    ['one more word', 'stripe_eu'],
    ['short', 's4'],
    ['new', 'brand_new_service'],
  ])('no near miss: %s, %s', (_, service) => expect(nearMisses(service)).toEqual([]));

  test('what can be a service', () => {
    expect(canBeService('15five')).toBe(true);
    for (const text of ['Google Ads', 'google-ads', '', 'a b', 'ä']) {
      expect(canBeService(text)).toBe(false);
    }
  });

  test('a retired name is the same service as its successor', () => {
    expect(sameService('adwords', 'google_ads')).toBe(true);
    expect(sameService('hubspot', 'google_ads')).toBe(false);
  });
});
