import { type Context, type Handler, Hono } from 'hono';
import { type Cards, cardUri } from './cards.ts';
import {
  checkTestRequest,
  readCardRequest,
  readCreateRequest,
  readUpdateRequest,
} from './create-request.ts';
import {
  answer,
  checkAccept,
  checkCredentials,
  cursorAt,
  type Env,
  id,
  readBody,
  readPaging,
  success,
} from './exchange.ts';
import { connectorType, connectorTypes } from './metadata.ts';
import type { RollingHour } from './rate-limit.ts';
import { Refusal } from './refusal.ts';
import type { Store } from './store.ts';
import type { Group, SandboxConnection, Settings } from './types.ts';

export interface Account {
  settings: Settings;
  store: Store;
  cards: Cards;
  hour: RollingHour;
  /** Where the sandbox, and with it the page of a card, is found. */
  origin: () => string;
}

/** The endpoints of Fivetran's REST API that this project needs, as strict as they are. */
export function buildApi({ settings, store, cards, hour, origin }: Account): Hono<Env> {
  const api = new Hono<Env>();

  api.use('/v1/*', async (c, next) => {
    checkCredentials(c, settings);
    const wait = hour.spend(settings.now(), settings.rateLimit);
    if (wait !== undefined) {
      throw new Refusal(429, 'TooManyRequests', `Too many requests: try again in ${wait} s.`, {
        'Retry-After': String(wait),
      });
    }
    await next();
  });

  function create(endpoint: 'today' | 'older'): Handler<Env> {
    return (c) => {
      const request = readCreateRequest(readBody(c), endpoint);
      const { group_id: groupId, schema } = request.connection;
      store.group(groupId);
      if (settings.duplicates !== 'accept' && store.hasName(groupId, schema)) {
        const message = `A connection named "${schema}" already exists in this group.`;
        throw settings.duplicates === 'refuse-400'
          ? new Refusal(400, 'InvalidInput', message)
          : new Refusal(409, 'Conflict', message);
      }
      const connection = store.add(request.connection, 'incomplete', settings.settlingMs);
      const tests = request.runSetupTests && runSetupTests(connection);
      const card = request.card && createCard(connection, request.card);
      return success('Connection has been created', { ...connection, ...tests, ...card }, 201);
    };
  }

  function createCard(connection: SandboxConnection, config: ReturnType<typeof readCardRequest>) {
    const { token } = cards.create(connection, config);
    return {
      connect_card: { token, uri: cardUri(origin(), token, config) },
      connect_card_config: config,
    };
  }

  function list(c: Context<Env>, groupId: string | undefined) {
    if (groupId !== undefined) store.group(groupId);
    const { after, limit } = readPaging(c);
    const page = store.list({ groupId, name: c.req.query('schema') }, after, limit);
    return success('Operation performed', {
      items: page.connections.map(summary),
      ...(page.next !== undefined && { next_cursor: cursorAt(page.next) }),
    });
  }

  route('/v1/connections', {
    GET: (c) => list(c, c.req.query('group_id')),
    POST: create('today'),
  });
  route('/v1/connections/:id', {
    GET: (c) => success('Operation performed', store.connection(id(c))),
    PATCH: (c) => {
      const connection = store.connection(id(c));
      store.update(connection, readUpdateRequest(readBody(c)));
      return success('Connection has been updated', connection);
    },
    DELETE: (c) => {
      store.remove(store.connection(id(c)).id);
      return answer(200, { code: 'Success', message: 'Connection has been deleted' });
    },
  });
  route('/v1/connections/:id/connect-card', {
    POST: (c) => {
      const connection = store.connection(id(c));
      const card = createCard(connection, readCardRequest(readBody(c)));
      return success('Connect Card has been created', { connector_id: connection.id, ...card });
    },
  });
  route('/v1/connections/:id/test', {
    POST: (c) => {
      const connection = store.connection(id(c));
      checkTestRequest(readBody(c));
      const tests = runSetupTests(connection);
      return success('Setup tests were completed', { ...connection, ...tests });
    },
  });

  route('/v1/groups', { GET: (c) => pageOf(c, settings.groups.map(described)) });
  route('/v1/groups/:id', {
    GET: (c) => success('Operation performed', described(store.group(id(c)))),
  });
  route('/v1/groups/:id/connections', { GET: (c) => list(c, id(c)) });
  route('/v1/account/info', {
    GET: () =>
      success('Operation performed', { account_id: 'sandbox_account', account_name: 'Sandbox' }),
  });

  route('/v1/metadata/connector-types', { GET: (c) => pageOf(c, connectorTypes()) });
  route('/v1/metadata/connector-types/:id', {
    GET: (c) => success('Operation performed', connectorType(id(c))),
  });
  // Needs no credentials, and has no pages: an array is all of its data.
  route('/public/connector-types', {
    GET: () => success('Operation performed', connectorTypes()),
  });

  // The endpoints of the 2022 guide.
  route('/v1/connectors', { POST: create('older') });
  route('/v1/connectors/:id/connect-card-token', {
    POST: (c) => {
      const connection = store.connection(id(c));
      if (c.env.text !== '') {
        throw new Refusal(400, 'InvalidInput', 'The body of this request must be empty.');
      }
      return answer(200, { token: cards.create(connection).token });
    },
  });

  api.notFound(() => {
    throw new Refusal(404, 'NotFound', 'Nothing exists at this path.');
  });
  api.onError((error) => {
    const { status, code, message, headers } =
      error instanceof Refusal ? error : new Refusal(500, 'InternalError', String(error));
    return answer(status, { code, message }, headers);
  });
  return api;

  function route(path: string, handlers: Record<string, Handler<Env>>): void {
    const allowed = Object.keys(handlers).join(', ');
    for (const [method, handle] of Object.entries(handlers)) {
      api.on(method, path, (c, next) => {
        checkAccept(c);
        return handle(c, next);
      });
    }
    api.all(path, (c) => {
      const message = `${c.req.method} is not allowed here, only ${allowed}.`;
      throw new Refusal(405, 'MethodNotAllowed', message, { Allow: allowed });
    });
  }
}

/** One page of a list that is short enough to be counted through. */
function pageOf(c: Context, all: object[]): Response {
  const { after, limit } = readPaging(c);
  const end = after + limit;
  return success('Operation performed', {
    items: all.slice(after, end),
    ...(end < all.length && { next_cursor: cursorAt(end) }),
  });
}

/** Nothing is filled in before the customer has been at the card, so until then the tests fail. */
function runSetupTests(connection: SandboxConnection): object {
  const connected = connection.status.setup_state === 'connected';
  if (!connected) connection.status.setup_state = 'broken';
  const result = connected
    ? { status: 'PASSED', message: '' }
    : { status: 'FAILED', message: 'No credentials have been given.' };
  return { setup_tests: [{ title: 'Validate Login', ...result }] };
}

/** A connection as listings show it, which is without its settings. */
function summary({ config, ...rest }: SandboxConnection): object {
  return rest;
}

function described({ id, name }: Group): object {
  return { id, name, created_at: '2024-01-01T00:00:00Z' };
}
