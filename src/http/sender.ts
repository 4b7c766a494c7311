import type { Dispatcher } from 'undici';
import type { LinkError } from '../model/errors.ts';

export interface Request {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** The path after the base URL, query included. */
  path: string;
  /** What is sent as JSON; a function is asked each time that the request is sent. */
  body?: object | (() => object);
  /** False for a request that mustn't be sent twice unless it is certain that the first wasn't acted on. */
  repeatable: boolean;
  /**
   * When the time for this request is over, in milliseconds of `performance.now()`, a clock that
   * nobody sets. No attempt starts after it, no pause begins that would end after it, and an attempt
   * in progress is aborted.
   */
  deadline?: number;
}

export interface Response {
  status: number;
  headers: Dispatcher.ResponseData['headers'];
  /** The body, parsed; undefined where it isn't JSON. */
  body: unknown;
  /** The server's clock, in milliseconds since the epoch, to the second. */
  date: number;
}

/** Sends requests to one API. */
export interface Sender {
  /**
   * Sends one request and returns its response, a success.
   * @throws LinkError when there is no response, or it is a refusal
   * @throws ResponseLost when the request isn't `repeatable` and may have been acted upon
   */
  send(request: Request): Promise<Response>;
}

/** Thrown for a request that isn't repeatable and may have been acted upon although no response came. */
export class ResponseLost extends Error {
  readonly reason: LinkError;
  constructor(reason: LinkError) {
    super(reason.message);
    this.reason = reason;
  }
}

/**
 * A sender whose requests must all be done by a deadline, as those under a lease.
 * @param deadline milliseconds of `performance.now()`; a request's own counts where it is earlier
 */
export function withDeadline(sender: Sender, deadline: number): Sender {
  return {
    send: (request) =>
      sender.send({ ...request, deadline: Math.min(request.deadline ?? deadline, deadline) }),
  };
}
