import type { Dispatcher } from 'undici';
import request from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import { cancelled, LinkError } from '../model/errors.ts';
import { VERSION } from '../model/version.ts';
import { networkError } from './network-error.ts';
import { backoff, type RetrySafety, safetyOfNetworkError } from './retry.ts';
import type { WaitBudget } from './wait-budget.ts';

/** How often one request is sent at the most, the first time included. */
const ATTEMPTS = 4;

export interface TransportOptions {
  /** Where the API is; a path in it is kept. */
  baseUrl: string;
  /** What a person would change to change that: an input, a variable. */
  baseUrlFrom: string;
  /** Sent with every request: credentials above all. */
  headers: Readonly<Record<string, string>>;
  /** Milliseconds for one request, from the connection to the last byte. */
  timeout: number;
  budget: WaitBudget;
  /** How many connections are kept open at most; 1 unless told otherwise. */
  sockets?: number;
  /** Holds requests back where there are many; the answers tell when. */
  pace?: { acquire(): Promise<void>; observe(answer: Response): void };
  /** The environment, for the proxy's address. */
  env: Readonly<Record<string, string | undefined>>;
  log: { info(line: string): void; debug(line: string): void };
  /** Tells a success from a failure, in the terms of the API. */
  classifyResponse(answer: Response, sent: object | undefined): Failure | undefined;
}

/** Why a request has no usable answer, and what that means for the next step. */
export interface Failure {
  error: LinkError;
  retry: RetrySafety;
  /** Milliseconds after which the API wants to be asked again. */
  wait?: number | undefined;
}

export interface Request {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** The path after the base URL, query included. */
  path: string;
  body?: object;
  /** False for a request that mustn't be sent twice unless it is certain that the first wasn't acted on. */
  repeatable: boolean;
}

/** What sends requests; a Transport, or one with something added. */
export interface Sender {
  send(request: Request): Promise<Response>;
}

/**
 * The same sender for work that has to end in time.
 * @param deadline by `Date.now`, in milliseconds: no request begins after it
 */
export function withDeadline(sender: Sender, deadline: number): Sender {
  return {
    async send(request) {
      if (Date.now() < deadline) return sender.send(request);
      throw new LinkError(
        'timeout',
        'The time that this run has for the request is over.',
        'Run the job again: it continues from here.',
      );
    },
  };
}

export interface Response {
  status: number;
  headers: Dispatcher.ResponseData['headers'];
  /** The body, parsed; undefined where it isn't JSON. */
  body: unknown;
  /** The server's clock, in milliseconds, to the second. */
  date: number;
}

/** Thrown for a request that isn't repeatable and may have been acted upon although no answer came. */
export class ResponseLost extends Error {
  readonly reason: LinkError;
  constructor(reason: LinkError) {
    super(reason.message);
    this.reason = reason;
  }
}

/** Sends requests to an API: limits their time, and repeats what may be repeated. */
export class Transport {
  readonly #options: TransportOptions;
  readonly #origin: string;
  readonly #base: string;
  #dispatcher: Promise<Dispatcher> | undefined;

  constructor(options: TransportOptions) {
    const url = new URL(options.baseUrl);
    this.#options = options;
    this.#origin = url.origin;
    this.#base = url.pathname.replace(/\/+$/, '');
  }

  /**
   * Sends one request and gives its answer. Waits out rate limits and repeats after a
   * failure as far as that is safe and `patience` allows.
   * @throws LinkError when there is no answer to be had, or it is a refusal
   * @throws ResponseLost when `repeatable` is false and the request may have been acted upon
   */
  async send(call: Request): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(call);
      if ('status' in outcome) return outcome;
      const { error, retry, wait } = outcome;
      if (retry === 'final') throw error;
      if (retry === 'in-doubt' && !call.repeatable) throw new ResponseLost(error);
      // Being told when to come back isn't a failed attempt.
      if (attempt >= ATTEMPTS && error.code !== 'rate-limited') throw error;
      await this.#pause(wait ?? backoff(attempt), error);
    }
  }

  /** Has the connections closed that were kept open; nothing has to wait until they are. */
  async close(): Promise<void> {
    (await this.#dispatcher)?.destroy();
  }

  async #pause(ms: number, error: LinkError): Promise<void> {
    const { budget, log } = this.#options;
    const until = new Date(Date.now() + ms);
    if (ms <= budget.left) log.info(`${error.message} Waiting ${seconds(ms)}, then trying again.`);
    if (await budget.wait(ms)) return;
    if (budget.ended) {
      throw cancelled(
        `${error.message} The run was told to stop before this could be tried again.`,
      );
    }
    if (error.code !== 'rate-limited') throw error;
    throw new LinkError(
      'rate-limited',
      `${error.message} Waiting ${seconds(ms)} doesn't fit in what is left of max-wait, ${seconds(budget.left)}.`,
      `Run the job again after ${until.toISOString()}: what was made is found then. Or raise max-wait.`,
    );
  }

  async #attempt({ method, path, body: sent }: Request): Promise<Response | Failure> {
    const { headers, timeout, log, classifyResponse, baseUrlFrom, pace } = this.#options;
    await pace?.acquire();
    const started = Date.now();
    // Not AbortSignal.timeout: its timers, and what they hold, stay until they go off.
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(new TimeoutError()), timeout);
    let status = 0;
    try {
      this.#dispatcher ??= this.#connect();
      const response = await request.call(await this.#dispatcher, {
        origin: this.#origin,
        path: this.#base + path,
        method,
        headers: {
          'user-agent': `connect-card-link/${VERSION}`,
          ...headers,
          ...(sent && { 'content-type': 'application/json' }),
        },
        body: sent ? JSON.stringify(sent) : null,
        signal: limit.signal,
      });
      status = response.statusCode;
      const body = parseJson(await response.body.text());
      const date = Date.parse(String(response.headers.date)) || Date.now();
      const answer = { status, headers: response.headers, body, date };
      pace?.observe(answer);
      return classifyResponse(answer, sent) ?? answer;
    } catch (thrown) {
      const { code, error } = networkError(thrown, {
        timeout,
        origin: this.#origin,
        baseUrlFrom,
      });
      return { error, retry: safetyOfNetworkError(code) };
    } finally {
      clearTimeout(timer);
      const took = Date.now() - started;
      log.debug(`${method} ${path}: ${status || 'no answer'} after ${took} ms`);
    }
  }

  /** Opens the way to the API, through a proxy where the environment names one, as runners do. */
  async #connect(): Promise<Dispatcher> {
    const { env, timeout, sockets = 1 } = this.#options;
    const shape = {
      // With one, the second request waits a moment for the first one's connection instead of
      // opening its own.
      connections: sockets,
      // Nothing here needs HTTP/2, and offering it costs start-up time.
      allowH2: false,
      // undici's other parser isn't shipped; the environment must not switch it on.
      useMilo: false,
      // The signal limits the whole request; these would only limit its parts.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout },
    };
    const httpProxy = env.http_proxy ?? env.HTTP_PROXY;
    const httpsProxy = env.https_proxy ?? env.HTTPS_PROXY;
    if (!httpProxy && !httpsProxy) return new Agent(shape);
    const { proxyAgent } = await import('./proxy.ts');
    return proxyAgent(shape, { httpProxy, httpsProxy, noProxy: env.no_proxy ?? env.NO_PROXY });
  }
}

class TimeoutError extends Error {
  override name = 'TimeoutError';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`;
}
