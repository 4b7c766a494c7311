import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { FaultQueue, isWireFault, type Reply, strike } from '../wire/faults.ts';
import { type Exchange, note } from '../wire/journal.ts';
import { type Handler, listen } from '../wire/listen.ts';
import { buildApi } from './api.ts';
import { Cards } from './cards.ts';
import { completeCard } from './customer.ts';
import { parseJson } from './exchange.ts';
import { kindOf } from './faults.ts';
import { buildPages } from './page.ts';
import { RollingHour } from './rate-limit.ts';
import { Store } from './store.ts';
import type {
  Fault,
  RecordedRequest,
  RequestKind,
  Sandbox,
  SandboxOptions,
  Settings,
} from './types.ts';

export type {
  Fault,
  RecordedRequest,
  Sandbox,
  SandboxOptions,
} from './types.ts';

/** A Fivetran without a network: what comes in is passed to it. */
export type LocalSandbox = Omit<Sandbox, 'close'> & {
  fetch: Handler;
  /** The tokens of the links that work. */
  workingLinks(): Array<{ connectionId: string; token: string }>;
  /** The connection that a link opens the card of; undefined for a link that doesn't work. */
  opens(link: string): string | undefined;
  /** Whether a newer link has taken the place of this one. */
  isReplaced(link: string): boolean;
};

/**
 * Starts a Fivetran on loopback: stateful, strict, and able to fail in every way a network can.
 * State lives in memory and ends with `close()`.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = openSandbox(options);
  const { url, close } = await listen(sandbox.fetch, sandbox.options.port);
  sandbox.url = url;
  return Object.assign(sandbox, { close });
}

/** The same without a network. Its `url` is where it is found, and with it the page of a card. */
export function openSandbox(options: SandboxOptions = {}): LocalSandbox {
  const settings: Settings = {
    port: 0,
    apiKey: 'sandbox-key',
    apiSecret: 'sandbox-secret',
    groups: [
      { id: 'acme_group', name: 'Acme' },
      { id: 'other_group', name: 'Other' },
    ],
    duplicates: 'refuse-409',
    rateLimit: 20_000,
    latency: 0,
    linkLifetime: 86_400,
    cardTokens: 'jwt',
    settlingMs: 0,
    now: Date.now,
    log: () => {},
    ...options,
  };
  const store = new Store(settings);
  const cards = new Cards(settings);
  const hour = new RollingHour();
  const faults = new FaultQueue<RequestKind, Fault>();
  const requests: RecordedRequest[] = [];
  const api = buildApi({ settings, store, cards, hour, origin: () => self.url });
  const pages = buildPages({ settings, store, cards });

  /** One request of the API: recorded, delayed, perhaps struck by a fault, answered. */
  async function exchange(request: Request, wire?: HttpBindings): Promise<Response> {
    const { pathname, search, searchParams } = new URL(request.url);
    const text = await request.text();
    const headers = Object.fromEntries(request.headers);
    const exchanged: Exchange = {
      to: 'fivetran',
      method: request.method,
      path: pathname + search,
      headers,
      body: text,
      response: '',
      isPublic: false,
    };
    note(exchanged);
    const record: RecordedRequest = {
      method: request.method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers,
      body: parseJson(text),
      status: 0,
      response: undefined,
      at: settings.now(),
    };
    requests.push(record);

    const carryOut = async (): Promise<Reply> => {
      const response = await api.fetch(request, { text });
      exchanged.response = await response.text();
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        text: exchanged.response,
      };
    };
    const respond = ({ status, headers, text: body }: Reply): Response => {
      record.status = status;
      record.response = parseJson(body);
      return new Response(status === 204 ? null : body, {
        status,
        headers: {
          Date: new Date(settings.now()).toUTCString(),
          'X-Rate-Limit': String(settings.rateLimit),
          'X-Rate-Limit-Remaining': String(hour.remaining(settings.now(), settings.rateLimit)),
          ...headers,
        },
      });
    };

    try {
      // Unreferenced, like every timer here: a delay must not keep a test run alive.
      if (settings.latency > 0) await sleep(settings.latency, undefined, { ref: false });
      const fault = faults.take(kindOf(record));
      await fault?.meanwhile?.();
      if (!fault?.answer) return respond(await carryOut());
      const answer = await befall({ ...fault, answer: fault.answer }, record, carryOut, wire);
      return answer ? respond(answer) : RESPONSE_ALREADY_SENT;
    } finally {
      settings.log(record);
    }
  }

  const fetchHere = async (request: Request, wire?: HttpBindings): Promise<Response> =>
    new URL(request.url).pathname.startsWith('/connect-card/')
      ? pages.fetch(request)
      : exchange(request, wire);
  const self: LocalSandbox = {
    url: 'https://api.fivetran.test',
    fetch: fetchHere,
    workingLinks: () => cards.working(),
    opens: (link) => cards.opens(tokenOf(link)),
    isReplaced: (link) => {
      const card = cards.find(tokenOf(link));
      return card !== undefined && !cards.isNewest(card);
    },
    apiKey: settings.apiKey,
    apiSecret: settings.apiSecret,
    options: settings,
    connections: store.connections,
    requests,
    addConnection: ({ groupId, service, schema, setupState, createdAt, paused = false }) => {
      store.group(groupId);
      return store.add(
        { group_id: groupId, service, schema, paused, ...(createdAt && { created_at: createdAt }) },
        setupState,
      );
    },
    removeConnection: (id) => store.remove(id),
    fault: (fault) => faults.add(fault),
    completeCard: (link) => completeCard(link, self.url, fetchHere),
  };
  return self;
}

function tokenOf(link: string): string {
  return new URL(link).searchParams.get('auth') ?? '';
}

/** Lets a fault happen. Returns what to answer, or undefined when nothing more is to be sent. */
async function befall(
  fault: Fault & Required<Pick<Fault, 'answer'>>,
  record: RecordedRequest,
  carryOut: () => Promise<Reply>,
  wire: HttpBindings | undefined,
): Promise<Reply | undefined> {
  const { effect = 'none', answer } = fault;
  const done = effect === 'done' ? await carryOut() : undefined;
  if (typeof effect === 'number') setTimeout(carryOut, effect).unref();
  if (isWireFault(answer)) {
    const whole = async () => {
      // What is cut short: a real answer, if the request reads or has been carried out.
      const real = answer !== 'truncated' || record.method === 'GET';
      const reply = done ?? (real ? await carryOut() : NOT_CARRIED_OUT);
      record.status = reply.status;
      return reply;
    };
    return strike(answer, whole, wire);
  }

  switch (answer) {
    case 'no-card': {
      const whole = done ?? (await carryOut());
      const { data, ...rest } = JSON.parse(whole.text);
      const { connect_card, connect_card_config, ...others } = data;
      return { ...whole, text: JSON.stringify({ ...rest, data: others }) };
    }
    case 'html':
      return {
        status: 502,
        headers: { 'Content-Type': 'text/html' },
        text: '<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>',
      };
    case 'empty':
      return { status: 200, headers: {}, text: '' };
    default: {
      const { status, code = `Status${status}`, message = 'A fault of the sandbox.' } = answer;
      const body = answer.body ?? { code, message };
      return {
        status,
        headers: {
          'Content-Type': typeof body === 'string' ? 'text/plain' : 'application/json',
          ...answer.headers,
        },
        text: typeof body === 'string' ? body : JSON.stringify(body),
      };
    }
  }
}

/** What is cut short when a request that was never carried out is answered. */
const NOT_CARRIED_OUT: Reply = {
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  text: JSON.stringify({ code: 'Success', message: 'Operation performed', data: {} }),
};
