import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, test } from '@jest/globals';
import { classifyResponse as ofFivetran } from '../../src/fivetran/failures.ts';
import { classifyResponse as ofGitHub } from '../../src/github/failures.ts';
import { networkError } from '../../src/http/network-error.ts';
import { type Request, ResponseLost, Transport, withDeadline } from '../../src/http/transport.ts';
import { WaitBudget } from '../../src/http/wait-budget.ts';
import { proxy } from '../support/front.ts';

type Reply = { status: number; headers?: Record<string, string>; body?: string } | 'hang';

const close: Array<() => void> = [];
afterEach(() => {
  for (const end of close.splice(0)) end();
});

const LOOK: Request = { method: 'GET', path: '/', repeatable: true };
const CREATE: Request = { method: 'POST', path: '/', repeatable: false };
const LIMITED = { status: 429, body: '{}' };

/** A transport to a server that sends one reply each time, on a clock that only pauses move. */
async function setUp({
  reply,
  maxWait = 1_000_000,
  classifyResponse = ofFivetran,
  timeout = 5000,
  sockets = 1,
  takes = 0,
}: {
  reply: Reply | ((attempt: number) => Reply);
  maxWait?: number;
  classifyResponse?: typeof ofFivetran;
  timeout?: number;
  sockets?: number;
  /** Milliseconds, by the machine's clock, until the reply. */
  takes?: number;
}) {
  const counted = { attempts: 0 };
  const server = createServer((_, outgoing) => {
    counted.attempts += 1;
    const next = typeof reply === 'function' ? reply(counted.attempts) : reply;
    if (next === 'hang') return;
    setTimeout(() => outgoing.writeHead(next.status, next.headers).end(next.body ?? '{}'), takes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let time = 0;
  const pauses: number[] = [];
  const budget = new WaitBudget(maxWait, undefined, {
    now: () => time,
    elapsed: () => time,
    sleep: async (ms) => {
      pauses.push(ms);
      time += ms;
    },
  });
  const transport = new Transport({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    baseUrlSource: 'fivetran-api-url',
    headers: {},
    timeout,
    sockets,
    budget,
    env: {},
    log: { info: () => {}, debug: () => {} },
    classifyResponse,
  });
  close.push(
    () => server.closeAllConnections(),
    () => server.close(),
    () => void transport.close(),
  );
  const advance = (ms: number) => {
    time += ms;
  };
  return { transport, counted, pauses, advance };
}

const thrown = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error,
  );

describe.each([
  { api: 'Fivetran', classifyResponse: ofFivetran },
  { api: 'GitHub', classifyResponse: ofGitHub },
])('a rate limit at $api', ({ classifyResponse }) => {
  test.each(['0', '1.5', 'Mon, 23 Nov 2020 09:00:00 GMT', 'soon'])(
    'with Retry-After: %s is repeated after a pause each time, and not without end',
    async (after) => {
      const reply = { ...LIMITED, headers: { 'retry-after': after } };
      const { transport, counted, pauses } = await setUp({ reply, classifyResponse });
      const error = await thrown(transport.send(LOOK));
      expect(error).toMatchObject({ code: 'rate-limited' });
      expect(error.fix).toMatch(/after \w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC:/);
      expect(counted.attempts).toBe(20);
      expect(pauses).toHaveLength(19);
      expect(Math.min(...pauses)).toBeGreaterThanOrEqual(250);
      expect(Math.max(...pauses)).toBeGreaterThan(3000);
    },
  );

  test.each(['0', '1', 'soon'])(
    'with Retry-After: %s and max-wait: 0 is not repeated at all',
    async (after) => {
      const reply = { ...LIMITED, headers: { 'retry-after': after } };
      const { transport, counted } = await setUp({ reply, classifyResponse, maxWait: 0 });
      const error = await thrown(transport.send(LOOK));
      expect(error).toMatchObject({ code: 'rate-limited' });
      expect(error.fix).toMatch(/after \w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC:/);
      expect(counted.attempts).toBe(1);
    },
  );

  test('that stays is given up, however short the waits and long max-wait', async () => {
    const reply = { ...LIMITED, headers: { 'retry-after': '1' } };
    const { transport, counted, pauses } = await setUp({ reply, classifyResponse });
    expect(await thrown(transport.send(LOOK))).toMatchObject({ code: 'rate-limited' });
    expect(counted.attempts).toBe(20);
    expect(new Set(pauses)).toEqual(new Set([1000]));
  });
});

test.each(['0', 'soon', '1000000000'])(
  "GitHub's x-ratelimit-reset: %s is not a reason to repeat at once",
  async (reset) => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    const { transport, pauses } = await setUp({
      reply: (attempt) => (attempt < 3 ? { status: 403, headers } : { status: 200 }),
      classifyResponse: ofGitHub,
    });
    await transport.send(LOOK);
    expect(pauses).toHaveLength(2);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(250);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(1000);
  },
);

test.each([
  { statuses: [403], undone: true },
  { statuses: [429, 403], undone: true },
  { statuses: [500], undone: false },
  { statuses: [500, 403], undone: false },
])('an error after $statuses says whether the request had no effect: $undone', async (one) => {
  const reply = (attempt: number) => ({ status: one.statuses[attempt - 1] ?? 500 });
  const { transport } = await setUp({ reply });
  expect(await thrown(transport.send(LOOK))).toMatchObject({ undone: one.undone });
});

test('a body that is a function is asked each time that the request is sent', async () => {
  const { transport } = await setUp({
    reply: (attempt) => ({ status: attempt < 3 ? 503 : 200 }),
  });
  let asked = 0;
  const body = () => {
    asked += 1;
    return { asked };
  };
  await transport.send({ method: 'POST', path: '/', body, repeatable: true });
  expect(asked).toBe(3);
});

describe('a deadline', () => {
  test('that is over: nothing is sent', async () => {
    const { transport, counted, advance } = await setUp({ reply: { status: 200 } });
    advance(1000);
    const error = await thrown(transport.send({ ...LOOK, deadline: 1000 }));
    expect(error).toMatchObject({ code: 'timeout', fix: expect.stringContaining('continues') });
    expect(error.message).toContain('time that the run has for this is over');
    expect(counted.attempts).toBe(0);
  });

  test('no pause starts that would end after it', async () => {
    const reply = { ...LIMITED, headers: { 'retry-after': '3' } };
    const { transport, counted, pauses } = await setUp({ reply });
    const error = await thrown(withDeadline(transport, 8000).send(LOOK));
    expect(error).toMatchObject({ code: 'rate-limited', undone: true });
    expect(error.fix).toContain('Run the job again after');
    expect(counted.attempts).toBe(3);
    expect(pauses).toEqual([3000, 3000]);
  });

  test('no attempt starts after it where the one before took long', async () => {
    const { transport, counted, advance } = await setUp({
      reply: () => {
        advance(5000);
        return { status: 503 };
      },
    });
    expect(await thrown(withDeadline(transport, 4000).send(LOOK))).toMatchObject({
      code: 'timeout',
    });
    expect(counted.attempts).toBe(1);
  });

  test('an attempt in progress is aborted: a create request is in doubt then', async () => {
    const { transport, counted } = await setUp({ reply: 'hang', timeout: 60_000 });
    const error = await thrown(transport.send({ ...CREATE, deadline: 100 }));
    expect(error).toBeInstanceOf(ResponseLost);
    expect(error.reason.code).toBe('timeout');
    expect(counted.attempts).toBe(1);
  });

  test("the earlier one counts, a request's own or the sender's", async () => {
    const deadlines: Array<number | undefined> = [];
    const sender = withDeadline(
      {
        send: async ({ deadline }) => {
          deadlines.push(deadline);
          return { status: 200, headers: {}, body: {}, date: 0 };
        },
      },
      50,
    );
    await sender.send(LOOK);
    await sender.send({ ...LOOK, deadline: 20 });
    await sender.send({ ...LOOK, deadline: 90 });
    expect(deadlines).toEqual([50, 20, 50]);
  });

  test('without one, nothing changes', async () => {
    const { transport, advance } = await setUp({ reply: { status: 200 } });
    advance(1e12);
    expect((await transport.send(LOOK)).status).toBe(200);
  });
});

test.each(['directly', 'to a proxy', 'through a proxy'])(
  'HTTP/2, which isn’t shipped, isn’t offered %s',
  async (how) => {
    const key = readFileSync(new URL('../support/tls/key.pem', import.meta.url));
    const cert = readFileSync(new URL('../support/tls/certificate.pem', import.meta.url));
    let offered: string[] = [];
    const ALPNCallback = ({ protocols }: { protocols: string[] }) => {
      offered = protocols;
      return 'http/1.1';
    };
    const server = createTlsServer({ key, cert, ALPNCallback });
    // The client refuses the certificate, after it has said what it speaks.
    server.on('tlsClientError', () => {});
    server.on('connection', (socket) => close.push(() => socket.destroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `https://localhost:${(server.address() as AddressInfo).port}`;
    const tunnel = await proxy();
    const https_proxy = how === 'to a proxy' ? address : `http://127.0.0.1:${tunnel.port}`;
    const transport = new Transport({
      baseUrl: how === 'to a proxy' ? 'https://api.example' : address,
      baseUrlSource: 'fivetran-api-url',
      ...{ headers: {}, timeout: 5000, classifyResponse: ofFivetran },
      env: how === 'directly' ? {} : { https_proxy },
      budget: new WaitBudget(0),
      log: { info: () => {}, debug: () => {} },
    });
    close.push(
      () => server.close(),
      () => void tunnel.close(),
      () => void transport.close(),
    );
    expect(await thrown(transport.send(LOOK))).toMatchObject({ code: 'tls' });
    expect(offered).toEqual(['http/1.1']);
  },
);

test.each([
  { code: 'UND_ERR_CONNECT_TIMEOUT', name: 'ConnectTimeoutError', expected: 'timeout' },
  { code: 'UND_ERR_SOCKET', name: 'SocketError', expected: 'network' },
])('$code is called $expected', ({ code, name, expected }) => {
  const destination = { origin: 'https://a.example', baseUrlSource: 'x', timeout: 1000 };
  const thrown = Object.assign(new Error('Failed'), { code, name });
  expect(networkError(thrown, destination)).toMatchObject({ code, error: { code: expected } });
});

describe('more requests than connections', () => {
  const OK = { status: 200 };

  test('time in the queue isn’t time that a request takes', async () => {
    const { transport, counted } = await setUp({ reply: OK, timeout: 500, sockets: 2, takes: 150 });
    await Promise.all(Array.from({ length: 12 }, () => transport.send(CREATE)));
    expect(counted.attempts).toBe(12);
  });

  test('one that fails, or gets no reply, makes room for the next', async () => {
    const reply = (attempt: number) =>
      attempt === 1 ? ('hang' as const) : attempt === 2 ? { status: 400 } : OK;
    const { transport, counted } = await setUp({ reply, timeout: 200 });
    const sent = [CREATE, LOOK, LOOK, LOOK].map((one) => transport.send(one));
    const ended = await Promise.allSettled(sent);
    expect(ended.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(counted.attempts).toBe(4);
  });
});
