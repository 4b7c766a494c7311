import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { Clock } from '../support/clock.ts';
import { answering, CERTIFICATE, type Front, proxy, secureFront } from '../support/front.ts';
import { noticed } from '../support/losses.ts';
import { fastLinkStep, linkStep, onlyResult, sent } from '../support/step.ts';

let sandbox: Sandbox;
const fronts: Front[] = [];
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(async () => {
  await Promise.all([sandbox.close(), ...fronts.splice(0).map((front) => front.close())]);
});
const opened = <T extends Front>(front: T): T => {
  fronts.push(front);
  return front;
};

describe('refusals', () => {
  test.each([
    { status: 401, code: 'AuthFailed', expected: 'unauthorized' },
    { status: 403, code: 'Forbidden', expected: 'forbidden' },
    { status: 404, code: 'NotFound_Group', expected: 'unknown-group' },
    { status: 400, code: 'InvalidInput', expected: 'refused' },
    { status: 415, code: 'UnsupportedMediaType', expected: 'refused' },
    { status: 302, code: '', expected: 'bad-answer' },
  ])('$status to the look-up is final', async ({ status, code, expected }) => {
    sandbox.fault({ on: 'look-up', answer: { status, code, message: 'Because.' } });
    const step = await linkStep(sandbox);
    expect(step.exitCode).toBe(1);
    expect(onlyResult(step)).toMatchObject({ outcome: 'failed', error: { code: expected } });
    expect(sent(sandbox)).toHaveLength(1);
    expect(step.stderr).toBe('');
    expect(step.log).not.toMatch(/\bat .*:\d+:\d+/);
  });

  test('an unknown service is tried, and the suggestion repeated when it is refused', async () => {
    const step = await linkStep(sandbox, {
      service: 'google_adds',
      'allow-unknown-service': 'true',
    });
    expect(step.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining('google_ads') },
      { level: 'error', message: expect.stringContaining('google_ads') },
    ]);
    expect(onlyResult(step).error.code).toBe('unknown-service');
  });

  test.each([
    { status: 401, expected: 'unauthorized' },
    { status: 403, expected: 'forbidden' },
  ])(
    '$status to the create of an unknown service is about the key',
    async ({ status, expected }) => {
      sandbox.fault({ on: 'create', answer: { status } });
      const step = await fastLinkStep(sandbox, new Clock(), { service: 'brand_new_source' });
      expect(onlyResult(step).error.code).toBe(expected);
    },
  );

  test('a failure leads to its help in the version that runs', async () => {
    sandbox.fault({ on: 'look-up', answer: { status: 401, code: 'AuthFailed' } });
    const env = { GITHUB_ACTION_REPOSITORY: 'acme/card', GITHUB_ACTION_REF: 'v1' };
    const step = await linkStep(sandbox, {}, { env });
    const url = 'https://github.com/acme/card/blob/v1/docs/errors.md#unauthorized';
    expect(step.annotations[0]?.message).toMatch(/^API key rejected \(401\)\. /);
    expect(step.annotations[0]?.message.endsWith(` (unauthorized: ${url})`)).toBe(true);
    expect(step.summary).toMatch(/^## Connect Card Link\n\n❌ \*\*API key rejected/);
    expect(step.summary).toContain(`([\`unauthorized\`](<${url}>))`);
  });

  test('a retired service is tried with its successor named', async () => {
    const step = await linkStep(sandbox, { service: 'adwords' });
    expect(step.annotations[0]).toMatchObject({
      level: 'warning',
      message: expect.stringContaining('google_ads'),
    });
    const create = sandbox.requests.find(({ method }) => method === 'POST');
    expect(create?.body).toMatchObject({ service: 'adwords' });
  });

  test("a value of config or auth in Fivetran's words isn't repeated", async () => {
    const message = "Invalid value 'hunter2hunter2' for api_token, 'opensesame' for auth.";
    sandbox.fault({ on: 'create', answer: { status: 400, code: 'InvalidInput', message } });
    const step = await linkStep(sandbox, {
      config: 'api_token: hunter2hunter2',
      settings: 'auth: {client: {secret: opensesame}}',
    });
    expect(step.log).toContain('for api_token');
    expect(step.raw + step.summary + step.outputs.results).not.toMatch(/hunter2|opensesame/);
  });

  test("Fivetran's words can't act as commands or markup", async () => {
    const message = 'x\n::set-output name=a::b\n<img src=x> [a](javascript:b) @acme #1 | `c`';
    sandbox.fault({ on: 'look-up', answer: { status: 400, code: 'Bad', message } });
    const step = await linkStep(sandbox);
    expect(step.raw).not.toMatch(/^::set-output/m);
    expect(step.summary).not.toMatch(/<img|\]\(|@acme| #1|`c`/);
  });
});

describe('faults that pass', () => {
  test.each([
    { fault: 'a 500', answer: { status: 500 } },
    { fault: 'a 502 in HTML', answer: 'html' },
    { fault: 'a reset', answer: 'reset' },
    { fault: 'half a response', answer: 'truncated' },
    { fault: 'a time-out', answer: 'hang' },
  ] as const)('$fault on the look-up: asked again', async ({ answer }) => {
    sandbox.fault({ on: 'look-up', times: 2, answer });
    const clock = new Clock();
    const step = await fastLinkStep(sandbox, clock, noticed(answer));
    expect(step.outputs.outcome).toBe('linked');
    expect(sent(sandbox).filter((request) => request.startsWith('GET'))).toHaveLength(3);
    // Half a second, then a second, of which up to a half is taken off.
    expect(clock.slept).toHaveLength(2);
    expect(clock.slept[0]).toBeGreaterThanOrEqual(250);
    expect(clock.slept[1]).toBeGreaterThanOrEqual(500);
  });

  test('a lost card answer: asked again', async () => {
    sandbox.addConnection({ groupId: 'acme_group', service: 'google_ads', schema: 'acme' });
    sandbox.fault({ on: 'card', effect: 'done', answer: 'reset' });
    const step = await linkStep(sandbox);
    expect(step.outputs.outcome).toBe('linked');
    await sandbox.completeCard(step.outputs.link ?? '');
  });

  test('a fault that stays is given up after four requests', async () => {
    sandbox.fault({ on: 'look-up', times: 99, answer: { status: 500 } });
    const step = await fastLinkStep(sandbox, new Clock());
    expect(onlyResult(step).error.code).toBe('server-error');
    expect(sent(sandbox)).toHaveLength(4);
  });

  test('a connection whose card fails is in every output', async () => {
    sandbox.addConnection({ groupId: 'acme_group', service: 'google_ads', schema: 'acme' });
    sandbox.fault({ on: 'card', times: 9, answer: { status: 403 } });
    const step = await linkStep(sandbox);
    const id = sandbox.connections[0]?.id ?? '';
    expect(step.exitCode).toBe(1);
    expect(step.outputs).toMatchObject({
      'connection-id': id,
      created: 'false',
      outcome: 'failed',
    });
    expect(step.summary).toContain(id);
  });
});

describe('rate limits', () => {
  const limited = (after: string) => ({
    status: 429,
    code: 'TooManyRequests',
    headers: { 'retry-after': after },
  });

  test.each(['look-up', 'create'] as const)('on the %s are waited out', async (on) => {
    sandbox.fault({ on, answer: limited('1') });
    const step = await linkStep(sandbox);
    expect(step.outputs.outcome).toBe('linked');
    expect(step.took).toBeGreaterThan(1000);
    expect(sandbox.connections).toHaveLength(1);
    expect(step.log).toMatch(/rate limit.*Waiting 1 s/);
  });

  test('longer than max-wait stop at once, with the time to come back', async () => {
    sandbox.fault({ on: 'create', answer: limited('3600') });
    const step = await linkStep(sandbox);
    expect(step.took).toBeLessThan(10_000);
    const { error } = onlyResult(step);
    expect(error.code).toBe('rate-limited');
    const hour = /after (\w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC):/.exec(step.log)?.[1] ?? '';
    const seconds = (Date.parse(hour) - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(3580);
    // Rounded up to the minute, so that it isn't too early.
    expect(seconds).toBeLessThan(3661);
  });
});

describe('the way to Fivetran', () => {
  const https = (front: Front) => `https://localhost:${front.port}`;

  test('nobody there', async () => {
    await sandbox.close();
    const step = await linkStep(sandbox, { 'max-wait': '1' });
    expect(onlyResult(step).error.code).toBe('network');
    sandbox = await startSandbox();
  });

  test('no answer in time', async () => {
    sandbox.fault({ on: 'any', times: 9, answer: 'hang' });
    const step = await linkStep(sandbox, { timeout: '0.2', 'max-wait': '0' });
    expect(onlyResult(step).error).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('0.2 s'),
    });
  });

  test('a success that is not JSON', async () => {
    const front = opened(await answering(200, 'text/html', '<html>Welcome to the hotel</html>'));
    const step = await linkStep(sandbox, {
      'fivetran-api-url': `http://127.0.0.1:${front.port}`,
      'max-wait': '1',
    });
    expect(onlyResult(step).error.code).toBe('bad-answer');
  });

  test('a certificate that does not verify is final, and nothing is sent', async () => {
    const front = opened(await secureFront(sandbox.url));
    const step = await linkStep(sandbox, { 'fivetran-api-url': https(front) });
    expect(onlyResult(step).error.code).toBe('tls');
    expect(step.log).toContain('NODE_EXTRA_CA_CERTS');
    expect(sandbox.requests).toEqual([]);
  });

  test.each(['directly', 'through a proxy'])(
    'no setting of Node lets a certificate pass that does not verify, %s',
    async (how) => {
      const front = opened(await secureFront(sandbox.url));
      const way = opened(await proxy());
      const HTTPS_PROXY = how === 'directly' ? '' : `http://127.0.0.1:${way.port}`;
      const step = await linkStep(
        sandbox,
        { 'fivetran-api-url': https(front) },
        { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0', HTTPS_PROXY } },
      );
      expect(onlyResult(step).error.code).toBe('tls');
      expect(way.asked).toHaveLength(how === 'directly' ? 0 : 1);
      expect(sandbox.requests).toEqual([]);
    },
  );

  test('HTTPS through the proxy that the environment names', async () => {
    const front = opened(await secureFront(sandbox.url));
    const way = opened(await proxy());
    const step = await linkStep(
      sandbox,
      { 'fivetran-api-url': https(front) },
      { env: { HTTPS_PROXY: `http://127.0.0.1:${way.port}`, NODE_EXTRA_CA_CERTS: CERTIFICATE } },
    );
    expect(step.outputs.outcome).toBe('linked');
    expect(way.asked).toEqual([`localhost:${front.port}`]);
  });

  test('HTTP through a proxy', async () => {
    const way = opened(await proxy());
    const env = { HTTP_PROXY: `http://127.0.0.1:${way.port}` };
    const step = await linkStep(sandbox, {}, { env });
    expect(step.outputs.outcome).toBe('linked');
    expect(way.asked).toContain(new URL(sandbox.url).host);
  });

  test('an address without a scheme is one of plain HTTP, and its password is a secret', async () => {
    const way = opened(await proxy());
    const env = { HTTP_PROXY: `user:swordfish@127.0.0.1:${way.port}`, RUNNER_DEBUG: '1' };
    const step = await linkStep(sandbox, { schema: 'swordfish' }, { env });
    expect(step.outputs.outcome).toBe('linked');
    expect(way.asked).toContain(new URL(sandbox.url).host);
    expect(step.log).not.toContain('swordfish');
  });

  // dist leaves one of undici's parsers out, which the environment could otherwise choose.
  test.each(['UNDICI_USE_MILO', 'UNDICI_NO_WASM_SIMD', 'JEST_WORKER_ID'])(
    '%s changes nothing, with a proxy or without',
    async (name) => {
      const way = opened(await proxy());
      const front = opened(await secureFront(sandbox.url));
      const address = `http://127.0.0.1:${way.port}`;
      const trust = { NODE_EXTRA_CA_CERTS: CERTIFICATE };
      for (const [url, env] of [
        [sandbox.url, {}],
        [sandbox.url, { HTTP_PROXY: address }],
        [https(front), { HTTPS_PROXY: address, ...trust }],
      ] as const) {
        const given = { 'fivetran-api-url': url };
        const step = await linkStep(sandbox, given, { env: { [name]: '1', ...env } });
        expect(step.outputs.outcome).toBe('linked');
      }
    },
  );

  test('NO_PROXY goes past it', async () => {
    const front = opened(await secureFront(sandbox.url));
    const way = opened(await proxy());
    const step = await linkStep(
      sandbox,
      { 'fivetran-api-url': https(front) },
      {
        env: {
          HTTPS_PROXY: `http://127.0.0.1:${way.port}`,
          NO_PROXY: 'localhost',
          NODE_EXTRA_CA_CERTS: CERTIFICATE,
        },
      },
    );
    expect(step.outputs.outcome).toBe('linked');
    expect(way.asked).toEqual([]);
  });

  test.each([
    ['hunter2 hunter2', 'no address at all'],
    ['http://user:hunter2@', 'an address without a host'],
    ['http://user:hunter2%zz@127.0.0.1', 'a percent sign in the password'],
    ['http://user:hunter2@:99999', 'a port that is none'],
    ['ftp://user:hunter2@127.0.0.1', 'another protocol'],
    ['http://', 'nothing'],
  ])('a proxy’s address can’t be %j: %s', async (HTTPS_PROXY) => {
    const given = { 'fivetran-api-url': 'https://localhost:9' };
    const step = await linkStep(sandbox, given, { env: { HTTPS_PROXY, RUNNER_DEBUG: '1' } });
    expect(onlyResult(step).error).toMatchObject({
      code: 'proxy',
      message: "HTTPS_PROXY or HTTP_PROXY isn't the address of a proxy.",
    });
    // One failure is said once, and nothing of it is repeated: it would be the same.
    expect(step.annotations).toMatchObject([{ level: 'error' }]);
    expect(step.raw + step.summary).not.toContain('hunter2');
  });

  test('a proxy that refuses, without its password', async () => {
    const front = opened(await secureFront(sandbox.url));
    const way = opened(await proxy(407));
    const step = await linkStep(
      sandbox,
      { 'fivetran-api-url': https(front) },
      { env: { HTTPS_PROXY: `http://user:swordfish@127.0.0.1:${way.port}` } },
    );
    expect(onlyResult(step).error.code).toBe('proxy');
    expect(step.raw).not.toContain('swordfish');
  });
});
