import { describe, expect, test } from '@jest/globals';
import type { Connection, NewConnection } from '../../src/model/connection.ts';
import { LinkError } from '../../src/model/errors.ts';
import { chooseExisting } from '../../src/operations/link/choose-existing.ts';

const wanted: NewConnection = {
  groupId: 'g',
  service: 'google_ads',
  schema: 'acme',
  config: {},
  settings: {},
  card: { redirectUri: 'https://example.com', hideSetupGuide: false, allFields: false },
};
const sourceNamed = { ...wanted, settings: { destination_schema_names: 'SOURCE_NAMING' } };
const existing = (id: string, service = 'google_ads'): Connection => ({
  id,
  service,
  name: 'acme',
  groupId: 'g',
  setupState: 'incomplete',
  createdAt: 0,
});

function refusal(choose: () => unknown): LinkError {
  try {
    choose();
  } catch (error) {
    if (error instanceof LinkError) return error;
  }
  throw new Error('no refusal');
}

test('reuse chooses the one of the same service, a retired name included', () => {
  expect(chooseExisting(wanted, [existing('a')], 'reuse')?.id).toBe('a');
  expect(chooseExisting(wanted, [existing('a', 'adwords')], 'reuse')?.id).toBe('a');
});

test.each(['reuse', 'fail', 'ignore'] as const)('another service: name-taken (%s)', (policy) => {
  const error = refusal(() => chooseExisting(wanted, [existing('a', 'hubspot')], policy));
  expect(error.code).toBe('name-taken');
  expect(error.message).toContain('is in use');
});

test('several of the service: duplicate-connection, which names them all', () => {
  const error = refusal(() => chooseExisting(wanted, [existing('a'), existing('b')], 'reuse'));
  expect(error.code).toBe('duplicate-connection');
  expect(error.message).toContain('a and b');
  expect(error.fix).toMatch(/connection-id.*delete the others/);
});

describe('with the source’s own naming, where equal names are legitimate', () => {
  test('reuse chooses the only one of the service, whatever others there are', () => {
    const all = [existing('a', 'hubspot'), existing('b'), existing('c', 'stripe')];
    expect(chooseExisting(sourceNamed, all, 'reuse')?.id).toBe('b');
  });

  test('one of another service leaves the name free', () => {
    expect(chooseExisting(sourceNamed, [existing('a', 'hubspot')], 'reuse')).toBeUndefined();
    expect(chooseExisting(sourceNamed, [existing('a')], 'ignore')).toBeUndefined();
  });

  test('several of the service: which one is to be said, and none is called too much', () => {
    const error = refusal(() =>
      chooseExisting(sourceNamed, [existing('a'), existing('b')], 'reuse'),
    );
    expect(error.code).toBe('duplicate-connection');
    expect(error.message).toContain('a and b');
    expect(error.fix).toContain('connection-id');
    expect(error.fix).not.toContain('elete');
  });

  test('fail stops, without a word about the name being in use', () => {
    const error = refusal(() => chooseExisting(sourceNamed, [existing('a')], 'fail'));
    expect(error.code).toBe('name-taken');
    expect(error.message).toMatch(/^A connection named acme exists/);
  });
});
