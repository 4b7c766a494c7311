import type { LocalSandbox } from '../../sandbox/fivetran/server.ts';
import type { CommentEvent, IssueEvent } from '../../sandbox/github/server.ts';
import { type Fields, FORM, form, THREE } from '../support/form-fields.ts';
import { GROUP, ISSUE_LABEL, type ProofWorld, type Step } from './world.ts';

const HOUR_MS = 3_600_000;

/** Something that a workflow does, with what was there before. */
export interface Operation {
  /** Puts there what was there before; returns the step to run. */
  prepare(world: ProofWorld): Promise<Step>;
  /** The names of the connections that there are in the end. */
  names: readonly string[];
  /** How many issues there are. */
  issues: number;
  /** Whether the second run is another one, an hour later, and not the same job again. */
  isScheduled?: true;
  /** What people do before the second run; returns the names of connections that they changed. */
  meanwhile?(world: ProofWorld): string[];
  /** What must be true in the end, besides what must be for all. Returns what isn't. */
  check?(world: ProofWorld, changed: readonly string[]): Promise<string[]> | string[];
}

const ONE = { 'group-id': GROUP, service: 'google_ads', schema: 'acme' };

function link(inputs: Record<string, string>, more: Partial<Operation> = {}): Operation {
  return {
    prepare: async () => ({ with: { ...ONE, ...inputs } }),
    names: ['acme'],
    issues: 0,
    ...more,
  };
}

function existing(inputs: Record<string, string>): Operation {
  return link(inputs, {
    async prepare({ fivetran }) {
      fivetran.addConnection({ groupId: GROUP, service: 'google_ads', schema: 'acme' });
      return { with: { ...ONE, ...inputs } };
    },
  });
}

const SCHEMAS = Array.from({ length: 12 }, (_, index) => `customer_${index + 1}`);
const BATCH = {
  'group-id': GROUP,
  requests: JSON.stringify(SCHEMAS.map((schema) => ({ service: 'google_ads', schema }))),
};
const FEW = {
  'group-id': GROUP,
  requests: JSON.stringify(
    SCHEMAS.slice(0, 3).map((schema) => ({ service: 'google_ads', schema })),
  ),
};

function onIssue(event: IssueEvent | CommentEvent, inputs: Record<string, string>): Step {
  const name = 'comment' in event ? 'issue_comment' : 'issues';
  return { event: { name, payload: event }, with: inputs };
}

const ONBOARD = { operation: 'onboard', 'group-id': GROUP };

async function approved({ github }: ProofWorld, fields: Fields): Promise<IssueEvent> {
  const { number } = await github.openIssue({ body: form(fields), author: 'nina' });
  return github.addLabel(number, ISSUE_LABEL, 'tess');
}

/** Onboards, as it was done some hours ago. */
async function onboarded(
  world: ProofWorld,
  forms: readonly Fields[],
  inputs: Record<string, string> = {},
): Promise<void> {
  for (const fields of forms) {
    const ran = await world.run(onIssue(await approved(world, fields), { ...ONBOARD, ...inputs }));
    if (ran.exitCode !== 0) throw new Error(`The issue can't be onboarded: ${ran.step.log}`);
  }
}

function onboarding(fields: Fields, names: readonly string[]): Operation {
  return {
    prepare: async (world) => onIssue(await approved(world, fields), ONBOARD),
    names,
    issues: 1,
  };
}

function freshLink(fields: Fields, names: readonly string[]): Operation {
  return {
    async prepare(world) {
      await onboarded(world, [fields]);
      world.time.advance(2 * HOUR_MS);
      return onIssue(await world.github.comment(1, '/connect-card', 'nina'), ONBOARD);
    },
    names,
    issues: 1,
  };
}

/** Three issues: a link that has expired, a connection that is connected, and a link that works. */
const FOLLOWED = ['expired', 'done', 'waiting'];

function followUp(inputs: Record<string, string>, more: Partial<Operation> = {}): Operation {
  return {
    async prepare(world) {
      const forms = FOLLOWED.map((schema) => ({ ...FORM, Schema: schema }));
      await onboarded(world, forms.slice(0, 2));
      world.time.advance(30 * HOUR_MS);
      await onboarded(world, forms.slice(2));
      connect(world, 'done');
      return { with: { operation: 'follow-up', ...inputs } };
    },
    names: FOLLOWED,
    issues: 3,
    isScheduled: true,
    ...more,
  };
}

function connect({ fivetran }: ProofWorld, name: string): void {
  for (const { schema, status } of fivetran.connections) {
    if (schema === name) status.setup_state = 'connected';
  }
}

/** Pauses what runs; returns the names of what did. */
function pauseAll({ connections }: LocalSandbox): string[] {
  const running = connections.filter(({ paused }) => !paused);
  for (const connection of running) connection.paused = true;
  return running.map(({ schema }) => schema);
}

function isRunning({ connections }: LocalSandbox): boolean {
  return connections.some(({ paused }) => !paused);
}

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'one link, new': link({}),
  'one link, new, 2022 API': link({ 'fivetran-api': 'connectors' }),
  'one link, existing': existing({}),
  'one link, existing, 2022 API': existing({ 'fivetran-api': 'connectors' }),
  'one link on an issue': {
    async prepare({ github }) {
      const { number } = await github.openIssue({ body: 'Please connect us.', author: 'nina' });
      return { with: { ...ONE, 'issue-number': String(number) } };
    },
    names: ['acme'],
    issues: 1,
  },
  'batch of 12': link(BATCH, { prepare: async () => ({ with: BATCH }), names: SCHEMAS }),
  'batch of 3 on an issue': {
    async prepare({ github }) {
      const { number } = await github.openIssue({ body: 'Please connect us.', author: 'nina' });
      return { with: { ...FEW, 'issue-number': String(number) } };
    },
    names: SCHEMAS.slice(0, 3),
    issues: 1,
  },
  'onboarding, 1 source': onboarding(FORM, ['acme']),
  'onboarding, 3 sources': onboarding(THREE, [
    'acme_google_ads',
    'acme_stripe',
    'acme_facebook_ads',
  ]),
  'fresh link, 1 source': freshLink(FORM, ['acme']),
  'fresh link, 3 sources': freshLink(THREE, [
    'acme_google_ads',
    'acme_stripe',
    'acme_facebook_ads',
  ]),
  'follow-up with renewals': followUp({ 'renew-links': 'true', 'close-connected': 'true' }),
  'follow-up with reminders': followUp({ 'remind-after': '1', 'renew-links': 'true' }),
  'follow-up, start-connected': {
    async prepare(world) {
      await onboarded(world, [{ ...FORM, Schema: 'paused' }], { settings: 'paused: true' });
      connect(world, 'paused');
      world.time.advance(HOUR_MS);
      return { with: { operation: 'follow-up', 'start-connected': 'true' } };
    },
    names: ['paused'],
    issues: 1,
    isScheduled: true,
    // Somebody stops what has begun to sync. Whoever does that means it.
    meanwhile: ({ fivetran }) => pauseAll(fivetran),
    check({ fivetran }, wasPaused) {
      if (isRunning(fivetran)) {
        return wasPaused.length > 0 ? ['its first sync is started a second time'] : [];
      }
      return wasPaused.length > 0 ? [] : ["its first sync isn't started"];
    },
  },
  'onboarding, created paused': {
    prepare: async (world) =>
      onIssue(await approved(world, FORM), { ...ONBOARD, settings: 'paused: true' }),
    names: ['acme'],
    issues: 1,
    // The first sync is started as soon as the customer is through, whatever happened before.
    async check(world) {
      connect(world, 'acme');
      await world.run({
        with: { operation: 'follow-up', 'start-connected': 'true' },
        runId: '4713',
      });
      return isRunning(world.fivetran) ? [] : ['its first sync is never started'];
    },
  },
};
