import { Dispatcher } from 'undici';
import { kindOf } from '../../sandbox/github/api.ts';
import type { Handler } from '../../sandbox/wire/listen.ts';
import type { Fault, Reply } from './faults.ts';
import type { VirtualTime } from './time.ts';

/** One request of a run, and what became of it. */
export interface Sent {
  api: 'fivetran' | 'github';
  /** What it asks for, alike for every request that asks for the same. */
  what: string;
  isGraphql: boolean;
  /** Its body as it was sent. */
  body: string;
  /** When it was sent, and when it ended for the run; undefined while it hasn't. */
  at: number;
  ended: number | undefined;
  /** Whether it was carried out. */
  effect: boolean;
  /** The text of the answer that the run has got whole. */
  received: string | undefined;
}

/** Whether a request creates a connection. */
export function isCreate({ what }: Pick<Sent, 'what'>): boolean {
  return /^POST \/v1\/connect(ions|ors)( |$)/.test(what);
}

/** What a run can meet on the wire. */
export interface Conditions {
  /** The fault that strikes a request, told by its number among the run's requests. */
  strike(sent: Sent, number: number): Fault | undefined;
  /** Called when the run is to die. */
  kill(): void;
  /** Called when its job is cancelled. */
  cancel(): void;
}

/** Milliseconds that a request is on its way, and the same for its answer. */
const ONE_WAY_MS = 20;
/** Milliseconds between two pieces of an answer that comes slowly, and their number. */
const DRIP_MS = 1000;
const DRIPS = 600;

type Controller = Dispatcher.DispatchController;

/** A network in memory, between one run and both services, with exact faults. */
export class Wire extends Dispatcher {
  /** All requests of the run, in the order in which they were sent. */
  readonly sent: Sent[] = [];
  readonly #time: VirtualTime;
  readonly #services: Record<Sent['api'], Handler>;
  readonly #conditions: Conditions;
  #isDead = false;

  constructor(time: VirtualTime, services: Record<Sent['api'], Handler>, conditions: Conditions) {
    super();
    this.#time = time;
    this.#services = services;
    this.#conditions = conditions;
  }

  /** Nothing of the run can act any more; what it has sent is on its way. */
  die(): void {
    this.#isDead = true;
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    if (this.#isDead) return true;
    const sent = describe(options, this.#time.now());
    const number = this.sent.push(sent) - 1;
    let callOff = () => {};
    const fail = (error: Error) => {
      if (sent.ended !== undefined || this.#isDead) return;
      sent.ended = this.#time.now();
      callOff();
      handler.onResponseError?.(controller, error);
    };
    const controller: Controller = {
      aborted: false,
      paused: false,
      reason: null,
      abort: fail,
      pause: () => {},
      resume: () => {},
    };
    handler.onRequestStart?.(controller, {});
    const later = (ms: number, callBack: () => void) => {
      callOff = this.#time.after(ms, () => {
        if (sent.ended === undefined && !this.#isDead) callBack();
      });
    };
    const start = (reply: Reply) =>
      handler.onResponseStart?.(controller, reply.status, reply.headers, '');
    const data = (text: string) => text && handler.onResponseData?.(controller, Buffer.from(text));
    const end = () => {
      sent.ended = this.#time.now();
      handler.onResponseEnd?.(controller, {});
    };

    const fault =
      this.#conditions.strike(sent, number) ?? ({ effect: true, end: 'answer' } as Fault);
    if (fault.cancel) this.#conditions.cancel();
    if (fault.end === 'refused') {
      later(ONE_WAY_MS, () => fail(networkError('ECONNREFUSED')));
      return true;
    }
    if (fault.end === 'kill' && (!fault.effect || fault.late)) {
      this.#conditions.kill();
      if (!fault.effect) return true;
    }
    // What has left arrives, whatever becomes of the run meanwhile.
    this.#time.after(ONE_WAY_MS + (fault.late ?? 0), () => {
      this.#time.busy += 1;
      void this.#arrive(sent, options, fault)
        .finally(() => {
          this.#time.busy -= 1;
        })
        .then((reply) => {
          switch (fault.end) {
            case 'kill':
              if (!this.#isDead) this.#conditions.kill();
              return;
            case 'hang':
              return;
            case 'reset':
              return later(ONE_WAY_MS, () => fail(networkError('ECONNRESET')));
            case 'cut':
              return later(ONE_WAY_MS, () => {
                start(reply);
                data(reply.text.slice(0, reply.text.length / 2));
                fail(networkError('UND_ERR_SOCKET'));
              });
            case 'drip':
              return later(ONE_WAY_MS, () => {
                start(reply);
                const drip = (piece: number) => {
                  const size = Math.ceil(reply.text.length / DRIPS);
                  data(reply.text.slice(piece * size, (piece + 1) * size));
                  later(DRIP_MS, () => (piece < DRIPS ? drip(piece + 1) : end()));
                };
                drip(0);
              });
            default:
              return later(ONE_WAY_MS, () => {
                start(reply);
                data(reply.text);
                // One that a fault has changed says nothing.
                if (!fault.answer) sent.received = reply.text;
                end();
              });
          }
        });
    });
    return true;
  }

  /** What the service answers, or what the fault makes of that. */
  async #arrive(
    sent: Sent,
    options: Dispatcher.DispatchOptions,
    { effect, answer }: Fault,
  ): Promise<Reply> {
    const now = this.#time.now();
    const service = { isGitHub: sent.api === 'github', now };
    let whole: Reply = { status: 200, headers: {}, text: '{}' };
    if (effect) {
      sent.effect = true;
      const response = await this.#services[sent.api](asRequest(options));
      whole = {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        text: await response.text(),
      };
    }
    const reply = answer ? answer(whole, service) : whole;
    return { ...reply, headers: { date: new Date(now).toUTCString(), ...reply.headers } };
  }

  override async close(): Promise<void> {}

  override async destroy(): Promise<void> {}
}

function asRequest({ origin, path, method, headers, body }: Dispatcher.DispatchOptions): Request {
  return new Request(`${origin}${path}`, {
    method,
    headers: headers as Record<string, string>,
    ...(typeof body === 'string' && { body }),
  });
}

function describe({ origin, path, method, body }: Dispatcher.DispatchOptions, at: number): Sent {
  const api = String(origin).includes('fivetran') ? 'fivetran' : 'github';
  const { pathname, searchParams } = new URL(`${origin}${path}`);
  const content = typeof body === 'string' ? JSON.parse(body) : undefined;
  const kind = api === 'github' ? kindOf(method, pathname, content) : undefined;
  const { schema, schema_prefix: prefix } = content?.config ?? {};
  const detail = kind ? '' : (schema ?? prefix ?? searchParams.get('schema') ?? '');
  const what = kind ?? `${method} ${pathname}`;
  return {
    api,
    what: detail ? `${what} ${detail}` : what,
    body: typeof body === 'string' ? body : '',
    isGraphql: kind?.startsWith('graphql') ?? false,
    at,
    ended: undefined,
    effect: false,
    received: undefined,
  };
}

function networkError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
