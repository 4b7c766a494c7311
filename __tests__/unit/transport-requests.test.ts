import { describe, expect, test } from '@jest/globals';
import { Dispatcher } from 'undici';
import type { DispatcherOptions } from '../../src/http/dispatcher.ts';
import {
  type Failure,
  type Request,
  type Response,
  ResponseLost,
  Transport,
  type TransportOptions,
} from '../../src/http/transport.ts';
import { WaitBudget } from '../../src/http/wait-budget.ts';
import { LinkError } from '../../src/model/errors.ts';

// What the transport sends, waits and says, without a network and by a clock that only pauses move.

const LOOK: Request = { method: 'GET', path: '/v1/groups', repeatable: true };
const CREATE: Request = { method: 'POST', path: '/v1/x', body: { a: 1 }, repeatable: false };
const DATE = 'Wed, 25 Nov 2026 09:00:00 GMT';

type Reply = { status: number; headers?: Record<string, string>; text?: string } | 'hang';

/** A network in memory that gives one reply each time. */
class Replies extends Dispatcher {
  readonly sent: Dispatcher.DispatchOptions[] = [];
  isDestroyed = false;
  readonly #replies: Reply[];

  constructor(replies: Reply[]) {
    super();
    this.#replies = replies;
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    this.sent.push(options);
    const controller: Dispatcher.DispatchController = {
      ...{ aborted: false, paused: false, reason: null, pause: () => {}, resume: () => {} },
      abort: (error) => handler.onResponseError?.(controller, error),
    };
    handler.onRequestStart?.(controller, {});
    const reply = this.#replies.shift() ?? { status: 200 };
    if (reply === 'hang') return true;
    handler.onResponseStart?.(controller, reply.status, reply.headers ?? {}, '');
    handler.onResponseData?.(controller, Buffer.from(reply.text ?? '{}'));
    handler.onResponseEnd?.(controller, {});
    return true;
  }

  override async destroy(): Promise<void> {
    this.isDestroyed = true;
  }
}

/** A success has status 200; what another status says comes with it. */
const failing =
  (
    failures: Record<number, Pick<Failure, 'retry' | 'wait'>>,
  ): TransportOptions['classifyResponse'] =>
  ({ status }) => {
    const failure = failures[status];
    if (!failure) return undefined;
    const code = status === 429 ? 'rate-limited' : 'server-error';
    return { error: new LinkError(code, `It said ${status}.`, 'Wait.'), ...failure };
  };

interface Setting extends Partial<TransportOptions> {
  maxWait?: number;
  signal?: AbortSignal;
  /** Called at every pause, with its length. */
  onPause?: (ms: number) => void;
}

function setUp(replies: Reply[], { maxWait = 1e6, signal, onPause, ...more }: Setting = {}) {
  const wire = new Replies(replies);
  const opened: DispatcherOptions[] = [];
  const lines: string[] = [];
  const limits: number[] = [];
  const calledOff: number[] = [];
  const pauses: number[] = [];
  let time = 5000;
  const clock = {
    now: () => time,
    elapsed: () => time,
    sleep: async (ms: number) => {
      pauses.push(ms);
      time += ms;
      onPause?.(ms);
    },
    after: (ms: number, callBack: () => void) => {
      limits.push(ms);
      // A request that isn't answered meets its limit at once.
      const timer = setTimeout(callBack, 50);
      return () => {
        clearTimeout(timer);
        calledOff.push(ms);
      };
    },
  };
  const transport = new Transport({
    ...{ baseUrl: 'https://api.example', baseUrlSource: 'x', headers: {}, timeout: 30_000 },
    ...{ env: {}, budget: new WaitBudget(maxWait, signal, clock) },
    log: { info: (line) => lines.push(line), debug: (line) => lines.push(line) },
    classifyResponse: () => undefined,
    open: async (options) => {
      opened.push(options);
      return wire;
    },
    ...more,
  });
  const advance = (ms: number) => {
    time += ms;
  };
  return { transport, wire, opened, lines, limits, calledOff, pauses, advance };
}

const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error,
  );

describe('a request', () => {
  test.each([
    ['https://api.example', '/v1/groups'],
    ['https://ghe.example/api/v3', '/api/v3/v1/groups'],
    ['https://ghe.example/api/v3//', '/api/v3/v1/groups'],
  ])('to %s goes to that host, below its path', async (baseUrl, path) => {
    const { transport, wire } = setUp([], { baseUrl });
    await transport.send(LOOK);
    expect(wire.sent[0]).toMatchObject({ origin: new URL(baseUrl).origin, path, method: 'GET' });
  });

  test('with a body has it as JSON, and says so; one without says nothing of it', async () => {
    const { transport, wire } = setUp([], { headers: { authorization: 'Basic x' } });
    await transport.send(CREATE);
    await transport.send(LOOK);
    const own = {
      'user-agent': expect.stringMatching(/^connect-card-link\/\d/),
      authorization: 'Basic x',
    };
    expect(wire.sent[0]?.headers).toEqual({ ...own, 'content-type': 'application/json' });
    expect(wire.sent[0]?.body).toBe('{"a":1}');
    expect(wire.sent[1]?.headers).toEqual(own);
    expect(wire.sent[1]?.body ?? null).toBeNull();
  });

  test('returns what was said, by the server’s clock or, where it tells none, by this one', async () => {
    const { transport, advance } = setUp([
      { status: 200, headers: { date: DATE }, text: '{"code":"Success"}' },
      { status: 200, text: 'no JSON' },
    ]);
    expect(await transport.send(LOOK)).toMatchObject({
      ...{ status: 200, body: { code: 'Success' }, date: Date.parse(DATE) },
    });
    advance(70);
    expect(await transport.send(LOOK)).toMatchObject({ body: undefined, date: 5070 });
  });

  test('has timeout’s time, or what is left until its deadline where that is less', async () => {
    const { transport, limits, calledOff } = setUp([]);
    await transport.send(LOOK);
    await transport.send({ ...LOOK, deadline: 5000 + 99.5 });
    await transport.send({ ...LOOK, deadline: 5000 + 40_000 });
    expect(limits).toEqual([30_000, 100, 30_000]);
    // Whatever is over is limited no more.
    expect(calledOff).toEqual(limits);
  });

  test('that isn’t answered in time ends then, and says how long that was', async () => {
    const { transport, calledOff } = setUp(['hang'], { timeout: 1500 });
    const lost = await thrownBy(transport.send(CREATE));
    expect(lost).toBeInstanceOf(ResponseLost);
    expect(lost.reason).toMatchObject({
      code: 'timeout',
      message: 'No response from https://api.example within 1.5 s.',
    });
    expect(calledOff).toEqual([1500]);
  });

  test('is in the log with its status and how long it took', async () => {
    const { transport, lines, advance } = setUp([{ status: 201 }, 'hang'], {
      pace: { acquire: async () => {}, observe: () => advance(40) },
    });
    await transport.send(LOOK);
    await thrownBy(transport.send(CREATE));
    expect(lines).toEqual([
      'GET /v1/groups: 201 after 40 ms',
      'POST /v1/x: no response after 0 ms',
    ]);
  });
});

describe('connections', () => {
  test('are opened once, one of them unless more are asked for', async () => {
    const env = { HTTPS_PROXY: 'x' };
    const one = setUp([], { env });
    await one.transport.send(LOOK);
    await one.transport.send(LOOK);
    expect(one.opened).toEqual([{ env, timeout: 30_000, sockets: 1 }]);
    const eight = setUp([], { sockets: 8 });
    await eight.transport.send(LOOK);
    expect(eight.opened).toMatchObject([{ sockets: 8 }]);
  });

  test('are closed in the end, where there are any', async () => {
    const { transport, wire, opened } = setUp([]);
    await transport.close();
    expect(opened).toEqual([]);
    await transport.send(LOOK);
    await transport.close();
    expect(wire.isDestroyed).toBe(true);
  });
});

describe('a pacer', () => {
  test('holds every attempt back, and learns from every response', async () => {
    const events: string[] = [];
    const { transport } = setUp([{ status: 429 }], {
      classifyResponse: failing({ 429: { retry: 'not-done' } }),
      pace: {
        acquire: async () => void events.push('acquire'),
        observe: ({ status }: Response) => void events.push(String(status)),
      },
    });
    await transport.send(LOOK);
    expect(events).toEqual(['acquire', '429', 'acquire', '200']);
  });

  test('may hold a request back until its time is over: then what happened before is told', async () => {
    let held = 0;
    const { transport, advance, wire } = setUp([{ status: 500 }], {
      classifyResponse: failing({ 500: { retry: 'in-doubt' } }),
      pace: { acquire: async () => void (held++ > 0 && advance(10_000)), observe: () => {} },
    });
    expect(await thrownBy(transport.send({ ...LOOK, deadline: 12_000 }))).toMatchObject({
      code: 'timeout',
      message: 'It said 500. The time that the run has for this is over.',
      cause: expect.objectContaining({ code: 'server-error' }),
    });
    expect(wire.sent).toHaveLength(1);
  });
});

describe('what failed is repeated', () => {
  const both = failing({ 429: { retry: 'not-done', wait: 1000 }, 500: { retry: 'in-doubt' } });

  test('after a pause that is announced, never a shorter one than a quarter of a second', async () => {
    const { transport, pauses, lines } = setUp([{ status: 429 }, { status: 500 }], {
      classifyResponse: failing({
        429: { retry: 'not-done', wait: 10 },
        500: { retry: 'in-doubt', wait: 1260 },
      }),
    });
    await transport.send(LOOK);
    expect(pauses).toEqual([250, 1260]);
    expect(lines.filter((line) => line.includes('Waiting'))).toEqual([
      'It said 429. Waiting 0.3 s, then trying again.',
      'It said 500. Waiting 1.3 s, then trying again.',
    ]);
  });

  test('three times, at growing intervals', async () => {
    const { transport, pauses, wire } = setUp(Array(9).fill({ status: 500 }), {
      classifyResponse: both,
    });
    expect(await thrownBy(transport.send(LOOK))).toMatchObject({
      code: 'server-error',
      message: 'It said 500.',
    });
    expect(wire.sent).toHaveLength(4);
    expect(pauses).toHaveLength(3);
    for (const [index, most] of [500, 1000, 2000].entries()) {
      expect(pauses[index]).toBeLessThanOrEqual(most);
      expect(pauses[index]).toBeGreaterThanOrEqual(most / 2);
    }
  });

  test('and rate limits count by themselves', async () => {
    const replies = [429, 500, 429, 500, 429, 500, 429].map((status) => ({ status }));
    const { transport, wire } = setUp(replies, { classifyResponse: both });
    expect(await transport.send(LOOK)).toMatchObject({ status: 200 });
    expect(wire.sent).toHaveLength(8);
  });

  test('but not where it would get the same response', async () => {
    const { transport, wire } = setUp([{ status: 403 }], {
      classifyResponse: failing({ 403: { retry: 'final' } }),
    });
    expect(await thrownBy(transport.send(LOOK))).toMatchObject({ undone: true });
    expect(wire.sent).toHaveLength(1);
  });

  test('nor a create request that may have been carried out', async () => {
    const { transport, wire } = setUp([{ status: 500 }], { classifyResponse: both });
    const lost = await thrownBy(transport.send({ ...CREATE, deadline: 6000 }));
    expect(lost).toBeInstanceOf(ResponseLost);
    expect(lost.reason.message).toBe('It said 500.');
    expect(wire.sent).toHaveLength(1);
  });

  test('whose response came when the run’s time was over: that is said as well', async () => {
    const { transport, advance } = setUp([{ status: 500 }], {
      classifyResponse: both,
      pace: { acquire: async () => {}, observe: () => advance(1000) },
    });
    const { reason } = await thrownBy(transport.send({ ...CREATE, deadline: 6000 }));
    expect(reason.message).toBe('It said 500. The time that the run has for this is over.');
  });

  test('a pause that would end with the run’s time isn’t begun', async () => {
    for (const [status, code] of [
      [429, 'rate-limited'],
      [500, 'timeout'],
    ] as const) {
      const { transport, pauses } = setUp([{ status }], {
        classifyResponse: failing({ [status]: { retry: 'not-done', wait: 1000 } }),
      });
      expect(await thrownBy(transport.send({ ...LOOK, deadline: 6000 }))).toMatchObject({ code });
      expect(pauses).toEqual([]);
    }
  });
});

describe('max-wait', () => {
  const limited = failing({
    429: { retry: 'not-done', wait: 90_000 },
    500: { retry: 'in-doubt', wait: 500 },
  });

  test('a pause of exactly what is left is announced and waited out', async () => {
    const { transport, lines, pauses } = setUp([{ status: 429 }], {
      ...{ classifyResponse: limited, maxWait: 90_000 },
    });
    await transport.send(LOOK);
    expect(pauses).toEqual([90_000]);
    expect(lines).toContain('It said 429. Waiting 90 s, then trying again.');
  });

  test('a rate limit that doesn’t fit: when to try again, and how much was left', async () => {
    const { transport, lines, pauses } = setUp([{ status: 429 }], {
      ...{ classifyResponse: limited, maxWait: 2500 },
    });
    expect(await thrownBy(transport.send(LOOK))).toMatchObject({
      code: 'rate-limited',
      message: "It said 429. Waiting 90 s doesn't fit in what is left of max-wait, 2.5 s.",
      // 5 s by this clock, and 90 s more.
      fix: expect.stringContaining('Run the job again after Thu 1 Jan 1970, 00:02 UTC:'),
      cause: expect.objectContaining({ message: 'It said 429.' }),
    });
    expect(pauses).toEqual([]);
    expect(lines.join()).not.toContain('then trying again');
  });

  test('a failure that doesn’t fit stays what it is', async () => {
    const { transport } = setUp([{ status: 500 }], { classifyResponse: limited, maxWait: 499 });
    expect(await thrownBy(transport.send(LOOK))).toMatchObject({
      ...{ code: 'server-error', message: 'It said 500.', undone: false },
    });
  });

  test('a run that is cancelled while it waits says so', async () => {
    const cancellation = new AbortController();
    const { transport, wire } = setUp([{ status: 429 }], {
      ...{ classifyResponse: limited, signal: cancellation.signal },
      onPause: () => cancellation.abort(),
    });
    expect(await thrownBy(transport.send(LOOK))).toMatchObject({
      code: 'cancelled',
      message: 'It said 429. The run was cancelled before this could be tried again.',
    });
    expect(wire.sent).toHaveLength(1);
  });
});
