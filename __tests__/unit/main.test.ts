import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Dispatcher } from 'undici';
import type { DispatcherOptions } from '../../src/http/dispatcher.ts';
import { run } from '../../src/main.ts';
import { Cancellation } from '../../src/runner/cancellation.ts';
import { Gate } from '../../src/runner/gate.ts';
import type { Runner } from '../../src/runner/runner.ts';
import { withEnvironment } from '../support/in-process.ts';

// One run of the action from its inputs to its report, by a network in memory that answers alike.

const LINK =
  'https://fivetran.com/connect-card/setup?redirect_uri=https%3A%2F%2Fa.b%2F(de)&auth=x.y.z';
const CREATED = {
  ...{ id: 'one', service: 'stripe', schema: 'acme', group_id: 'g', status: {} },
  ...{ created_at: '2026-11-25T09:00:00Z', connect_card: { token: 'the_token', uri: LINK } },
};

/** Answers each request with the body for its method. */
class Network extends Dispatcher {
  readonly sent: string[] = [];
  closed = 0;
  readonly #bodies: Record<string, object>;
  readonly #onRequest: (() => void) | undefined;

  constructor(bodies: Record<string, object>, onRequest?: () => void) {
    super();
    this.#bodies = bodies;
    this.#onRequest = onRequest;
  }

  override dispatch(
    { method, path }: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    this.sent.push(`${method} ${path.split('?')[0]}`);
    this.#onRequest?.();
    const controller: Dispatcher.DispatchController = {
      ...{ aborted: false, paused: false, reason: null, pause: () => {}, resume: () => {} },
      abort: () => {},
    };
    handler.onRequestStart?.(controller, {});
    const body = this.#bodies[method];
    handler.onResponseStart?.(controller, body ? 200 : 401, {}, '');
    handler.onResponseData?.(controller, Buffer.from(JSON.stringify(body ?? { code: 'x' })));
    handler.onResponseEnd?.(controller, {});
    return true;
  }

  override async destroy(): Promise<void> {
    this.closed += 1;
  }
}

const FOUND = { GET: { data: { items: [] } }, POST: { code: 'Success', data: CREATED } };

async function ran(
  inputs: Record<string, string>,
  {
    bodies = FOUND,
    env = {},
    onRequest,
  }: {
    bodies?: Record<string, object>;
    env?: Record<string, string>;
    onRequest?: (cancellation: Cancellation) => void;
  } = {},
) {
  const given: Record<string, string> = {
    ...{ 'fivetran-api-key': 'the-key-itself', 'fivetran-api-secret': 'the-secret-itself' },
    ...{ 'group-id': 'g', 'github-token': 'the-token-itself' },
    ...inputs,
  };
  const environment = {
    ...Object.fromEntries(
      Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
    ...env,
  };
  const cancellation = new Cancellation(() => {});
  const network = new Network(bodies, () => onRequest?.(cancellation));
  const opened: DispatcherOptions[] = [];
  const lines: string[] = [];
  const masked: string[] = [];
  const outputs: Record<string, unknown>[] = [];
  const gate = new Gate();
  const log = (kind: string) => (line: string) => void lines.push(`${kind}: ${gate.redact(line)}`);
  const runner = {
    ...{ gate, redact: (text: string) => gate.redact(text), summary: () => {} },
    mask: (secret: string) => void masked.push(secret),
    ...{ info: log('info'), debug: () => {}, notice: log('notice'), warning: log('warning') },
    ...{ error: log('error'), group: log('group') },
    outputs: (values: Record<string, unknown>) => void outputs.push(values),
  } as unknown as Runner;
  const open = async (options: DispatcherOptions) => {
    opened.push(options);
    return network;
  };
  const succeeded = await withEnvironment(environment, () =>
    run(environment, runner, cancellation, undefined, open),
  );
  return { succeeded, opened, network, lines, masked, outputs: outputs.at(-1) ?? {}, gate };
}

describe('one link', () => {
  const inputs = { service: 'stripe', schema: 'acme' };

  test('takes one connection to Fivetran, which is closed in the end', async () => {
    const { succeeded, opened, network, outputs } = await ran(inputs);
    expect(succeeded).toBe(true);
    expect(outputs).toMatchObject({ link: LINK, outcome: 'linked' });
    expect(opened).toMatchObject([{ sockets: 1, timeout: 30_000 }]);
    expect(network).toMatchObject({ closed: 1 });
  });

  test('is masked however a comment may write it, and its token; the log may show neither', async () => {
    const { masked, gate } = await ran(inputs);
    expect(masked).toContain(LINK);
    expect(masked).toContain('the_token');
    expect(masked.some((text) => text !== LINK && text.startsWith('https://'))).toBe(true);
    expect(masked).not.toContain('');
    expect(gate.redact('the-secret-itself')).toBe('***');
  });

  test('isn’t masked where the workflow says so', async () => {
    const { masked } = await ran({ ...inputs, 'mask-link': 'false' });
    expect(masked.join()).not.toContain('auth=');
    expect(masked).not.toContain('the_token');
    expect(masked).toContain('the-secret-itself');
  });

  test('shows what is shown on purpose, though a value of config is part of it', async () => {
    const { outputs, lines } = await ran({
      ...inputs,
      config: '{ "host": "acme", "key": "a.b.c.d" }',
    });
    expect(outputs.link).toBe(LINK);
    expect(lines.join()).toContain('as acme in group g');
  });

  test('of a run that is cancelled: what that means is said', async () => {
    const { lines, succeeded } = await ran(inputs, {
      onRequest: (cancellation) => cancellation.request(),
    });
    expect(lines).toContain(
      'info: Cancelled: nothing new is begun, and requests in progress have 5 s to finish.',
    );
    expect(succeeded).toBe(false);
  });

  test('that fails is closed as well', async () => {
    const { succeeded, network, outputs } = await ran(inputs, { bodies: {} });
    expect(succeeded).toBe(false);
    expect(outputs.outcome).toBe('failed');
    expect(network).toMatchObject({ closed: 1 });
  });
});

describe('inputs', () => {
  test('that are wrong are reported with what is unusual, and nothing is opened', async () => {
    const { succeeded, opened, lines, outputs } = await ran({
      ...{ service: 'adwords', schema: 'acme', timeout: 'x' },
    });
    expect(succeeded).toBe(false);
    expect(opened).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/^warning: .*google_ads/));
    expect(lines).toContainEqual(expect.stringMatching(/^error: timeout /));
    expect(JSON.parse(String(outputs.results))).toMatchObject([
      { service: 'adwords', schema: 'acme', outcome: 'failed' },
    ]);
  });

  test('that are unusual are tried, with a warning', async () => {
    const { succeeded, lines } = await ran({ service: 'brand_new_thing', schema: 'acme' });
    expect(succeeded).toBe(true);
    expect(lines).toContainEqual(expect.stringMatching(/^warning: .*brand_new_thing/));
  });
});

describe('several', () => {
  const list = (number: number) =>
    JSON.stringify(
      Array.from({ length: number }, (_, n) => ({ service: 'stripe', schema: `s_${n}` })),
    );

  test('are made side by side', async () => {
    const { opened, outputs } = await ran({ requests: list(3), concurrency: '5' });
    expect(opened).toMatchObject([{ sockets: 5 }]);
    expect(JSON.parse(String(outputs.results))).toHaveLength(3);
  });

  test('of one are one', async () => {
    const { opened, outputs, lines } = await ran({ requests: list(1), concurrency: '5' });
    expect(opened).toMatchObject([{ sockets: 1 }]);
    expect(lines.join()).not.toContain('links, at most');
    expect(outputs.link).toBe(LINK);
  });
});

describe('on issues', () => {
  const folder = mkdtempSync(join(tmpdir(), 'connect-card-main-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const labelled = (action = 'labeled') => {
    const body = '### Service\n\nstripe\n\n### Schema\n\nacme';
    const issue = { number: 1, state: 'open', body, user: { id: 1, login: 'nina' } };
    const path = join(folder, `${action}.json`);
    const sender = { id: 2, login: 'tess' };
    writeFileSync(path, JSON.stringify({ action, issue, sender, label: { name: 'connect-card' } }));
    const event = { GITHUB_EVENT_NAME: 'issues', GITHUB_EVENT_PATH: path };
    return { ...event, GITHUB_REPOSITORY: 'acme/onboarding', GITHUB_RUN_ID: '7' };
  };

  test.each<[string, Record<string, string>, number]>([
    ['onboarding', { operation: 'onboard' }, 3],
    ['a link', { service: 'stripe', schema: 'acme' }, 2],
    ['a list', { requests: '[{ "schema": "a" }, { "schema": "b" }]', service: 'stripe' }, 2],
    ['follow-up', { operation: 'follow-up', 'group-id': '' }, 1],
  ])('%s closes what it has opened, whatever fails', async (_, inputs, count) => {
    const { succeeded, network, opened, outputs } = await ran(inputs, {
      ...{ env: labelled(), bodies: {} },
    });
    expect(succeeded).toBe(false);
    expect(outputs.outcome).toBe('failed');
    expect(opened).toHaveLength(count);
    expect(network.closed).toBe(count);
  });

  test('onboarding says who asked for what, and has its connections side by side', async () => {
    const { lines, opened } = await ran(
      { operation: 'onboard', concurrency: '5' },
      { env: labelled(), bodies: {} },
    );
    expect(lines).toContain('info: Issue 1: tess added the approving label.');
    // Two ways to GitHub's API, and one to Fivetran's.
    expect(opened.map(({ sockets }) => sockets).sort()).toEqual([2, 2, 5]);
  });

  test('onboarding leaves another event alone', async () => {
    const { succeeded, lines, outputs } = await ran(
      { operation: 'onboard' },
      { env: labelled('unlabeled') },
    );
    expect(succeeded).toBe(true);
    expect(outputs).toMatchObject({ outcome: 'skipped' });
    expect(lines).toContainEqual(expect.stringMatching(/^notice: Nothing to do: .*unlabeled/));
  });

  test('follow-up asks GitHub and Fivetran side by side', async () => {
    const { opened, network, outputs } = await ran(
      { operation: 'follow-up', concurrency: '5', 'group-id': '' },
      { env: { GITHUB_REPOSITORY: 'acme/onboarding' }, bodies: {} },
    );
    expect(opened).toMatchObject([{ sockets: 5 }]);
    expect(network.sent).toEqual(['POST /graphql']);
    expect(outputs.outcome).toBe('failed');
  });

  test('onboarding skips what is no event of its own', async () => {
    const { succeeded, opened, outputs } = await ran({ operation: 'onboard' });
    expect(succeeded).toBe(true);
    expect(opened).toEqual([]);
    expect(outputs.outcome).toBe('skipped');
  });
});
