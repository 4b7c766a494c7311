import type { Dispatcher } from 'undici';
import type { Environment } from '../model/environment.ts';
import { cancelled, LinkError } from '../model/errors.ts';
import { readableEnd } from '../model/readable-time.ts';
import { VERSION } from '../model/version.ts';
import { request } from '../packages/undici.ts';
import { type DispatcherOptions, openDispatcher } from './dispatcher.ts';
import { httpDate } from './http-date.ts';
import { backoff, type RetrySafety, safetyOfNetworkError } from './retry.ts';
import { type Request, type Response, ResponseLost, type Sender } from './sender.ts';
import type { WaitBudget } from './wait-budget.ts';

export { type Request, type Response, ResponseLost, type Sender, withDeadline } from './sender.ts';

/** How often one request is sent at most, the first time included: after failures, */
const ATTEMPTS = 4;
/** and when it is told to come back later, which is no failure of its own. */
const RATE_LIMITED_ATTEMPTS = 20;
/** No pause before a repeated request is shorter, in milliseconds. */
const SHORTEST_PAUSE_MS = 250;

/** Holds requests back where there are many; responses tell how much is left of a rate limit. */
interface Pacer {
  acquire(): Promise<void>;
  observe(response: Response): void;
}

export interface TransportOptions {
  /** Where the API is; a path in it is kept. */
  baseUrl: string;
  /** What a person changes to change that: an input, a variable. */
  baseUrlSource: string;
  /** Sent with every request: credentials above all. */
  headers: Readonly<Record<string, string>>;
  /** Milliseconds for one request, from the connection to the last byte. */
  timeout: number;
  budget: WaitBudget;
  /** How many connections are kept open at most; 1 by default. */
  sockets?: number;
  pace?: Pacer;
  /** The environment, for the proxy's address. */
  env: Environment;
  log: { info(line: string): void; debug(line: string): void };
  /** Distinguishes a success from a failure, in the terms of the API. */
  classifyResponse(response: Response): Failure | undefined;
  /** Opens the way to the API: directly or through a proxy by default. */
  open?: ((options: DispatcherOptions) => Promise<Dispatcher>) | undefined;
}

/** Why a request has no usable response, and whether it may be repeated. */
export interface Failure {
  error: LinkError;
  retry: RetrySafety;
  /** Milliseconds that the API asks to wait; without it, the wait is the ordinary back-off. */
  wait?: number | undefined;
}

/** Sends requests to an API: limits their time, and repeats those that may be repeated. */
export class Transport implements Sender {
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
   * Sends one request. Waits out rate limits and repeats after a failure as far as that is safe and
   * the wait budget, the request's deadline and the number of attempts allow; never without a pause.
   */
  async send(sent: Request): Promise<Response> {
    const progress = { inDoubt: false };
    try {
      return await this.#sendRepeatedly(sent, progress);
    } catch (thrown) {
      if (thrown instanceof LinkError && !progress.inDoubt) thrown.undone = true;
      throw thrown;
    }
  }

  /** @param progress told when the request may have been acted upon */
  async #sendRepeatedly(sent: Request, progress: { inDoubt: boolean }): Promise<Response> {
    let failed = 0;
    let limited = 0;
    let last: LinkError | undefined;
    for (;;) {
      await this.#options.pace?.acquire();
      if (this.#timeLeft(sent) <= 0) throw outOfTime(last);
      const outcome = await this.#attempt(sent);
      if ('status' in outcome) return outcome;
      const { error, retry, wait } = outcome;
      if (retry === 'in-doubt') progress.inDoubt = true;
      if (retry === 'final') throw error;
      if (retry === 'in-doubt' && !sent.repeatable) {
        throw new ResponseLost(this.#timeLeft(sent) > 0 ? error : outOfTime(error));
      }
      const isLimit = error.code === 'rate-limited';
      const attempt = isLimit ? ++limited : ++failed;
      const pause = Math.max(SHORTEST_PAUSE_MS, wait ?? backoff(attempt));
      if (attempt >= (isLimit ? RATE_LIMITED_ATTEMPTS : ATTEMPTS)) {
        throw isLimit ? this.#rateLimited(error, pause, `It was tried ${attempt} times.`) : error;
      }
      if (pause >= this.#timeLeft(sent)) {
        const reason = `Waiting ${seconds(pause)} doesn't fit in the time that the run has for this.`;
        throw isLimit ? this.#rateLimited(error, pause, reason) : outOfTime(error);
      }
      await this.#pause(pause, error);
      last = error;
    }
  }

  /** Closes the connections that were kept open; nothing has to wait until that is done. */
  async close(): Promise<void> {
    await this.#dispatcher?.then(
      (dispatcher) => void dispatcher.destroy(),
      // There is none where the way couldn't be opened.
      () => {},
    );
  }

  /** Milliseconds; the clock is loaded only where a request has a deadline. */
  #timeLeft({ deadline }: Request): number {
    return deadline === undefined
      ? Number.POSITIVE_INFINITY
      : deadline - this.#options.budget.elapsed();
  }

  async #pause(ms: number, error: LinkError): Promise<void> {
    const { budget, log } = this.#options;
    if (ms <= budget.left) log.info(`${error.message} Waiting ${seconds(ms)}, then trying again.`);
    if (await budget.wait(ms)) return;
    if (budget.ended) {
      throw cancelled(`${error.message} The run was cancelled before this could be tried again.`);
    }
    if (error.code !== 'rate-limited') throw error;
    const left = seconds(budget.left);
    throw this.#rateLimited(
      error,
      ms,
      `Waiting ${seconds(ms)} doesn't fit in what is left of max-wait, ${left}.`,
    );
  }

  async #attempt(sent: Request): Promise<Response | Failure> {
    const { method, path, body: content } = sent;
    const { headers, log, classifyResponse, baseUrlSource, pace, budget } = this.#options;
    const timeout = Math.ceil(Math.min(this.#options.timeout, this.#timeLeft(sent)));
    const started = budget.now();
    // Not AbortSignal.timeout: its timers, and what they hold, stay until they go off.
    const limit = new AbortController();
    const callOff = budget.after(timeout, () => limit.abort(new TimeoutError()));
    let status = 0;
    try {
      this.#dispatcher ??= this.#open();
      const { statusCode, ...received } = await request.call(await this.#dispatcher, {
        origin: this.#origin,
        path: this.#base + path,
        method,
        headers: {
          'user-agent': `connect-card-link/${VERSION}`,
          ...headers,
          ...(content && { 'content-type': 'application/json' }),
        },
        body: content ? JSON.stringify(content) : null,
        signal: limit.signal,
      });
      status = statusCode;
      const body = parseJson(await received.body.text());
      const date = httpDate(String(received.headers.date), budget.now()) ?? budget.now();
      const response = { status, headers: received.headers, body, date };
      pace?.observe(response);
      return classifyResponse(response) ?? response;
    } catch (thrown) {
      const destination = { timeout, origin: this.#origin, baseUrlSource };
      const { networkError } = await import('./network-error.ts');
      const { code, error } = networkError(thrown, destination);
      return { error, retry: safetyOfNetworkError(code) };
    } finally {
      callOff();
      const took = budget.now() - started;
      log.debug(`${method} ${path}: ${status || 'no response'} after ${took} ms`);
    }
  }

  /** The error for a rate limit that isn't waited out, with the time at which to try again. */
  #rateLimited(error: LinkError, ms: number, reason: string): LinkError {
    const end = readableEnd(this.#options.budget.now() + ms);
    return new LinkError(
      'rate-limited',
      `${error.message} ${reason}`,
      `Run the job again after ${end}: it continues from what was created until then. Or raise max-wait.`,
      { cause: error },
    );
  }

  #open(): Promise<Dispatcher> {
    const { env, timeout, sockets = 1, open = openDispatcher } = this.#options;
    return open({ env, timeout, sockets });
  }
}

class TimeoutError extends Error {
  override name = 'TimeoutError';
}

/** The error of a request whose deadline leaves no time for it; `before` is what happened earlier. */
function outOfTime(before?: LinkError): LinkError {
  const earlier = before ? `${before.message} ` : '';
  return new LinkError(
    'timeout',
    `${earlier}The time that the run has for this is over.`,
    'Run the job again: it continues from what was created until then.',
    { cause: before },
  );
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
