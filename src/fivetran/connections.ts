import { type Response, ResponseLost, type Sender, withDeadline } from '../http/transport.ts';
import type {
  ApiFlavour,
  Card,
  CardShape,
  Connection,
  NewConnection,
} from '../model/connection.ts';
import { type ErrorCode, LinkError } from '../model/errors.ts';
import { isRecord } from '../model/json.ts';
import { assembleCard, cardConfig, readCard } from './cards.ts';
import { Refusal } from './failures.ts';
import { nameConfig } from './naming.ts';
import { nearestServices, shapeOf, successorOf } from './services.ts';

/** What a look-up found. */
export interface LookupResult {
  connections: Connection[];
  /** The server's time of the look-up, in milliseconds: what was created later isn't in it. */
  date: number;
}

/** The requests about connections and their cards, and how their responses are read. */
export class Connections {
  readonly #sender: Sender;
  readonly #flavour: ApiFlavour;

  constructor(sender: Sender, flavour: ApiFlavour) {
    this.#sender = sender;
    this.#flavour = flavour;
  }

  /**
   * The same, with requests that end in time.
   * @param deadline as `withDeadline` has it, in milliseconds
   */
  within(deadline: number): Connections {
    return new Connections(withDeadline(this.#sender, deadline), this.#flavour);
  }

  /** The connections of exactly this name in a group. */
  async named(groupId: string, name: string): Promise<LookupResult> {
    const connections: Connection[] = [];
    let date = Number.NaN;
    for await (const page of this.pages(groupId, { schema: name })) {
      // The first page's time: whatever is created after it isn't in this response.
      date = Number.isNaN(date) ? page.date : date;
      connections.push(...page.connections.filter((connection) => connection.name === name));
    }
    return { connections, date };
  }

  /** One connection by its id. */
  async get(id: string): Promise<Connection> {
    const path = `/v1/connections/${encodeURIComponent(id)}`;
    const response = await this.#sender
      .send({ method: 'GET', path, repeatable: true })
      .catch((error) => {
        throw unknownConnection(error, id);
      });
    return readConnection(dataOf(response)) ?? incompleteResponse('the connection');
  }

  /**
   * Creates a connection and, with today's endpoints, its card in the same request. The response may
   * lack the card, not the connection.
   * @throws ResponseLost when it may have been created although no usable response came
   */
  async create(wanted: NewConnection): Promise<{ connection: Connection; card: Card | undefined }> {
    const response = await this.#sender
      .send({ method: 'POST', ...this.createRequest(wanted), repeatable: false })
      .catch((error) => {
        throw createError(error, wanted);
      });
    const data = dataOf(response);
    const connection = readConnection(data);
    if (!connection) throw new ResponseLost(incompleteError('the new connection'));
    return { connection, card: readCard(data.connect_card, response.date) };
  }

  /** The create request as it is sent, also for a dry run to show. */
  createRequest(wanted: NewConnection): { path: string; body: Record<string, unknown> } {
    const today = this.#flavour === 'connections';
    return {
      path: today ? '/v1/connections' : '/v1/connectors',
      body: {
        // Announced to become required; changing it is possible only before the first sync.
        destination_schema_names: 'FIVETRAN_NAMING',
        ...wanted.settings,
        group_id: wanted.groupId,
        service: wanted.service,
        // Nothing to test before the customer has signed in; the API's own default is true.
        run_setup_tests: false,
        config: { ...wanted.config, ...nameConfig(wanted) },
        ...(today && { connect_card_config: cardConfig(wanted.card) }),
      },
    };
  }

  /** Asks for a fresh card for a connection that exists. Repeating it only replaces the card. */
  async createCard(id: string, shape: CardShape): Promise<Card> {
    const response = await this.#sender
      .send({ method: 'POST', ...this.cardRequest(id, shape), repeatable: true })
      .catch((error) => {
        throw unknownConnection(error, id);
      });
    if (this.#flavour === 'connections') {
      return (
        readCard(dataOf(response).connect_card, response.date) ?? incompleteResponse('the card')
      );
    }
    const token = isRecord(response.body) ? response.body.token : undefined;
    if (typeof token !== 'string' || !token) return incompleteResponse("the card's token");
    return assembleCard(token, shape, response.date);
  }

  /** Starts the syncs of a connection that was created paused. Repeating it changes nothing. */
  async start(id: string): Promise<void> {
    await this.#sender.send({
      method: 'PATCH',
      path: `/v1/${this.#flavour}/${encodeURIComponent(id)}`,
      body: { paused: false },
      repeatable: true,
    });
  }

  /** The card request as it is sent, also for a dry run to show. */
  cardRequest(id: string, shape: CardShape): { path: string; body?: Record<string, unknown> } {
    const of = encodeURIComponent(id);
    return this.#flavour === 'connections'
      ? {
          path: `/v1/connections/${of}/connect-card`,
          body: { connect_card_config: cardConfig(shape) },
        }
      : { path: `/v1/connectors/${of}/connect-card-token` };
  }

  /**
   * A group's connections, page by page.
   * @param query which ones, and how many per page, as in the API's query
   */
  async *pages(groupId: string, query: Record<string, string>): AsyncGenerator<LookupResult> {
    // Cursors that go round end.
    const cursors = new Set<string>();
    for (let cursor = ''; !cursors.has(cursor); ) {
      cursors.add(cursor);
      const search = new URLSearchParams({ ...query, ...(cursor && { cursor }) });
      const response = await this.#sender
        .send({
          method: 'GET',
          path: `/v1/groups/${encodeURIComponent(groupId)}/connections?${search}`,
          repeatable: true,
        })
        .catch((error) => {
          throw unknownGroup(error, groupId);
        });
      const { items, next_cursor: next } = dataOf(response);
      if (!Array.isArray(items)) incompleteResponse("the group's connections");
      const connections = items.map(
        (item) => (isRecord(item) && readConnection(item)) || incompleteResponse('a connection'),
      );
      yield { connections, date: response.date };
      cursor = typeof next === 'string' ? next : '';
    }
  }
}

function dataOf(response: Response): Record<string, unknown> {
  const data = isRecord(response.body) ? response.body.data : undefined;
  return isRecord(data) ? data : {};
}

function readConnection(data: Record<string, unknown>): Connection | undefined {
  const { id, service, schema, group_id, created_at, status, paused } = data;
  if (typeof id !== 'string' || !id) return undefined;
  const state = isRecord(status) ? status.setup_state : undefined;
  return {
    id,
    service: String(service ?? ''),
    name: String(schema ?? ''),
    groupId: String(group_id ?? ''),
    setupState:
      state === 'incomplete' || state === 'connected' || state === 'broken' ? state : undefined,
    createdAt: Date.parse(String(created_at)),
    ...(typeof paused === 'boolean' && { paused }),
  };
}

function incompleteError(what: string): LinkError {
  return new LinkError(
    'bad-answer',
    `Fivetran's response is a success, but lacks ${what}.`,
    'Check fivetran-api-url, and whether the API has changed. Run the job again: it continues with the connections that exist.',
  );
}

function incompleteResponse(what: string): never {
  throw incompleteError(what);
}

function unknownConnection(error: unknown, id: string): unknown {
  return notFound(
    error,
    'unknown-connection',
    `Connection ${id}`,
    "If connection-id is set, check it against the id on the connection's page in Fivetran. Otherwise the connection was deleted meanwhile: run the job again, or approve the issue again, to create another.",
  );
}

function unknownGroup(error: unknown, groupId: string): unknown {
  return notFound(
    error,
    'unknown-group',
    `Group ${groupId}`,
    "Use the group id from the destination's page in Fivetran, not its name, and an API key that may see it.",
  );
}

/** Says more about a 404 than the status does. */
function notFound(error: unknown, code: ErrorCode, what: string, fix: string): unknown {
  if (!(error instanceof Refusal) || error.status !== 404) return error;
  const message = `${what} doesn't exist in this account. ${error.said}`;
  return new LinkError(code, message, fix, { cause: error });
}

/** Says more about a refused create than its status does: the group or the service is unknown. */
function createError(error: unknown, { groupId, service }: NewConnection): unknown {
  if (!(error instanceof Refusal) || ![400, 404].includes(error.status)) return error;
  if (error.status === 404 && !/service/i.test(error.said)) return unknownGroup(error, groupId);
  if (shapeOf(service)) return error;
  const meant = successorOf(service) ?? nearestServices(service).join(', ');
  return new LinkError(
    'unknown-service',
    `Fivetran refused the service ${service}. ${error.said}`,
    meant
      ? `Did you mean ${meant}?`
      : "Use the name that Fivetran's API documentation of the connector has as `service`.",
    { cause: error },
  );
}
