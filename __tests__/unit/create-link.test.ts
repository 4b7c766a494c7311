import { describe, expect, test } from '@jest/globals';
import type { Connections } from '../../src/fivetran/connections.ts';
import { Refusal } from '../../src/fivetran/failures.ts';
import { WaitBudget } from '../../src/http/wait-budget.ts';
import type { Connection } from '../../src/model/connection.ts';
import { LinkError } from '../../src/model/errors.ts';
import type { LinkPolicy, LinkRequest } from '../../src/model/link.ts';
import { createLink } from '../../src/operations/link/create-link.ts';

// One link from the look at what exists to its card: what is sent, told and known in the end.

const CARD = { link: 'https://x/card', token: 't', expiresAt: new Date(0) };
const shape = { redirectUri: 'r', hideSetupGuide: false, allFields: true };
const target = { service: 'stripe', schema: 'a' };
const named = (more: object = {}): LinkRequest =>
  ({
    ...{ kind: 'named', target },
    connection: {
      ...{ groupId: 'g', service: 'stripe', schema: 'a', config: {}, settings: {}, card: shape },
      ...more,
    },
  }) as LinkRequest;
const byId: LinkRequest = { kind: 'existing', connectionId: 'one', card: shape, target };
const connection = (id: string, more: Partial<Connection> = {}): Connection => ({
  ...{ id, name: 'a', service: 'stripe', groupId: 'g', setupState: 'incomplete', createdAt: 1 },
  ...more,
});

interface Fivetran {
  /** What looks at the name find, one after the other. */
  found?: Connection[][];
  create?: Error;
  withCard?: boolean;
  cardFails?: Error;
  policy?: Partial<LinkPolicy>;
  cancelled?: boolean;
}

async function made(request: LinkRequest, fivetran: Fivetran = {}) {
  const { found = [], create, withCard = true, cardFails, policy, cancelled } = fivetran;
  const events: string[] = [];
  const cancellation = new AbortController();
  if (cancelled) cancellation.abort();
  const look = (who: string) => async (group: string, name: string) => {
    events.push(`${who} ${group} ${name}`);
    return { connections: found.shift() ?? [], date: 100 };
  };
  const connections = {
    get: async (id: string) => connection(id, { service: 'hubspot' }),
    create: async () => {
      events.push('create');
      if (create) throw create;
      return { connection: connection('new'), card: withCard ? CARD : undefined };
    },
    createCard: async (id: string, options: object) => {
      events.push(`card ${id} ${options === shape}`);
      if (cardFails) throw cardFails;
      return CARD;
    },
    named: look('look'),
    createRequest: ({ schema }: { schema: string }) => ({ path: `create ${schema}` }),
    cardRequest: (id: string, options: object) => ({ path: `card ${id} ${options === shape}` }),
  } as unknown as Connections;
  const log = (kind: string) => (line: string) => void events.push(`${kind}: ${line}`);
  const result = await createLink(
    request,
    {
      ...{ connections, lookUp: { named: look('listing') } },
      budget: new WaitBudget(0, cancellation.signal),
      policy: { onExisting: 'reuse', dryRun: false, ...policy },
      log: { info: log('info'), notice: log('notice'), warning: log('warning') },
    },
    {
      onConnection: ({ id }, isNew) => void events.push(`told ${id} ${isNew}`),
      onCard: ({ token }) => void events.push(`told ${token}`),
    },
  );
  return { result, events };
}

describe('a connection that doesn’t exist yet', () => {
  test('is created with its card in one request', async () => {
    const { result, events } = await made(named());
    expect(result).toStrictEqual({
      ...{ target, outcome: 'linked', connection: connection('new'), created: true, card: CARD },
    });
    expect(events).toEqual([
      ...['listing g a', "info: Connection a in group g: doesn't exist yet.", 'create'],
      ...['told new true', 'info: Created connection new (stripe, a).', 'told t'],
    ]);
  });

  test('has its card from a second request where the first gave none, or is lost in part', async () => {
    const { result, events } = await made(named(), { withCard: false });
    expect(result.outcome).toBe('linked');
    expect(events.slice(-3)).toEqual([
      ...['card new true', 'told t', 'info: Created a Connect Card for connection new.'],
    ]);
    const cardFails = new LinkError('forbidden', 'x', 'y');
    const half = await made(named(), { withCard: false, cardFails });
    expect(half.result).toStrictEqual({
      ...{ target, connection: connection('new'), created: true },
      ...{ outcome: 'failed', error: cardFails },
    });
  });

  test('isn’t looked for where that is to be ignored', async () => {
    const { events } = await made(named(), { policy: { onExisting: 'ignore' } });
    expect(events[0]).toBe('create');
  });

  test('isn’t created by a run that was cancelled', async () => {
    const { result, events } = await made(named(), { cancelled: true });
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'cancelled' } });
    expect(events).not.toContain('create');
  });

  test('is only said to be created in a dry run, which looks in any case', async () => {
    for (const onExisting of ['reuse', 'ignore', 'fail'] as const) {
      const { result, events } = await made(named(), { policy: { onExisting, dryRun: true } });
      expect(result).toStrictEqual({ target, outcome: 'dry-run', wouldSend: { path: 'create a' } });
      expect(events).toHaveLength(2);
    }
  });

  test('that turns out to exist by then is used', async () => {
    const create = new Refusal(409, 'In use.', 'refused', 'x', 'y');
    const { result, events } = await made(named(), { create, found: [[], [connection('one')]] });
    expect(result).toMatchObject({ outcome: 'linked', created: false, connection: { id: 'one' } });
    expect(events).toContain('look g a');
    // The source's own naming leaves the name free: then the refusal has another reason.
    const free = await made(named({ settings: { destination_schema_names: 'SOURCE_NAMING' } }), {
      ...{ create, found: [[], [connection('one', { service: 'hubspot' })]] },
    });
    expect(free.result).toMatchObject({ outcome: 'failed', error: create });
  });
});

describe('a connection that exists', () => {
  const found = [[connection('one')]];

  test('gets a fresh card, and stays as it is', async () => {
    const { result, events } = await made(named(), { found: [...found] });
    expect(result).toStrictEqual({
      ...{ target, outcome: 'linked', connection: connection('one'), created: false, card: CARD },
    });
    expect(events).toEqual([
      ...['listing g a', 'info: Connection a in group g: exists as one (incomplete).'],
      ...['told one false', 'card one true', 'told t'],
      'info: Created a Connect Card for connection one.',
    ]);
  });

  test.each([{ config: { a: 1 } }, { settings: { paused: true } }])(
    'and is asked for otherwise, %j: that is said',
    async (more) => {
      const { events } = await made(named(more), { found: [...found] });
      expect(events).toContain(
        'notice: Connection a exists and stays as it is: config and settings are ignored.',
      );
    },
  );

  test('and is connected needs none', async () => {
    const connected = connection('one', { setupState: 'connected' });
    const { result, events } = await made(named(), { found: [[connected]] });
    expect(result).toStrictEqual({
      ...{ target, outcome: 'connected', connection: connected, created: false },
    });
    expect(events.at(-1)).toBe('notice: Connection a (one) is already connected: no link needed.');
  });

  test('is told with all of its name, and what isn’t known of them', async () => {
    const unknown = connection('two', { setupState: undefined });
    const { result, events } = await made(named(), { found: [[connection('one'), unknown]] });
    expect(result).toMatchObject({ error: { code: 'duplicate-connection' } });
    expect(events[1]).toBe(
      'info: Connection a in group g: exists as one (incomplete), two (setup state unknown).',
    );
  });

  test('is no matter where that is to be ignored, in a dry run either', async () => {
    const policy = { onExisting: 'ignore', dryRun: true } as const;
    const { result } = await made(named(), { found: [...found], policy });
    expect(result).toMatchObject({ outcome: 'dry-run', wouldSend: { path: 'create a' } });
  });

  test('stops where it is to', async () => {
    const { result } = await made(named(), { found: [...found], policy: { onExisting: 'fail' } });
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'name-taken' } });
  });

  test('is created beside where the source’s own naming allows it', async () => {
    const request = named({ settings: { destination_schema_names: 'SOURCE_NAMING' } });
    const { result } = await made(request, { found: [[connection('x', { service: 's3' })]] });
    expect(result).toMatchObject({ outcome: 'linked', created: true, connection: { id: 'new' } });
  });

  test('would get a card, in a dry run', async () => {
    const { result } = await made(named(), { found: [...found], policy: { dryRun: true } });
    expect(result).toStrictEqual({
      ...{ target, outcome: 'dry-run', connection: connection('one'), created: false },
      wouldSend: { path: 'card one true' },
    });
  });

  test('is taken by its id, and whatever it is', async () => {
    const { result, events } = await made(byId);
    expect(result).toMatchObject({ outcome: 'linked', created: false, connection: { id: 'one' } });
    expect(events.slice(0, 2)).toEqual(['told one false', 'card one true']);
  });
});
