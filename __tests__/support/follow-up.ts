import type { SetupState } from '../../sandbox/fivetran/types.ts';
import type { StepResult } from '../../sandbox/runner/run.ts';
import { RecordSigner } from '../../src/github/record.ts';
import type { Entry } from '../../src/model/issue-record.ts';
import { issueText } from '../../src/report/comment.ts';
import { fingerprintOf } from '../../src/report/links-in-comment.ts';
import { type Fields, FORM, type RunOptions, type World, world } from './onboard.ts';

const HOUR_MS = 3_600_000;

/** A repository with issues to follow up. */
export interface Followed extends World {
  /** What the workflow's follow-up step says. */
  inputs: Record<string, string>;
  /** Runs `operation: follow-up`, as a schedule does. */
  followUp(
    more?: Record<string, string>,
    options?: Pick<RunOptions, 'onStart' | 'env' | 'dist' | 'clock'>,
  ): Promise<StepResult>;
}

/** A repository without issues. */
export async function followed(inputs: Record<string, string> = {}): Promise<Followed> {
  const here = await world();
  const self: Followed = {
    ...here,
    inputs,
    followUp: (more = {}, options = {}) =>
      // A schedule's event is about no issue.
      here.run({ repository: undefined } as never, {
        ...options,
        with: { operation: 'follow-up', 'group-id': '', ...self.inputs, ...more },
      }),
  };
  return self;
}

/**
 * A repository whose issues were onboarded by the action: one for each of the forms.
 * @param hoursAgo when that was
 */
export async function onboarded(
  forms: readonly Fields[],
  inputs: Record<string, string> = {},
  hoursAgo = 0,
): Promise<Followed> {
  const here = await followed(inputs);
  const then = () => Date.now() - hoursAgo * HOUR_MS;
  here.github.options.now = then;
  here.fivetran.options.now = then;
  for (const fields of forms) await here.onboard(fields);
  here.github.options.now = Date.now;
  here.fivetran.options.now = Date.now;
  forgetRequests(here);
  return here;
}

/** One issue for each schema, for one connection each. */
export function schemas(...names: string[]): Fields[] {
  return names.map((name) => ({ ...FORM, Schema: name }));
}

/** What an issue that is put there without a run has on record. */
export interface Seeded {
  entries: readonly Entry[];
  /** How many people have commented since. */
  later?: number;
  /** With which the record was signed; the account's by default. */
  secret?: string;
  /** The words of the comment, where they aren't those that the entries have. */
  text?: string;
}

/** Puts open, approved issues there whose records the action could have written; no request is sent. */
export function seedIssues({ github, fivetran }: World, issues: readonly Seeded[]): void {
  const first = 1;
  github.seed(
    issues.map(({ entries, later = 0, secret = fivetran.apiSecret, text }, index) => {
      const ref = { repositoryId: github.repositoryId, issue: first + index };
      const signer = new RecordSigner(secret);
      const words = text ?? wordsFor(entries);
      return {
        body: '',
        author: 'nina',
        labels: ['connect-card'],
        comments: [
          {
            author: 'github-actions[bot]',
            body: (id: number) =>
              `${words}\n\n${signer.sign({ generation: 2, entries: [...entries] }, ref, id)}`,
          },
          ...Array.from({ length: later }, () => ({ author: 'nina', body: 'Any news?' })),
        ],
      };
    }),
  );
}

function wordsFor(entries: readonly Entry[]): string {
  return issueText({
    entries,
    links: new Map(
      entries.map(({ connection = '' }) => [fingerprintOf(linkOf(connection)), linkOf(connection)]),
    ),
    showLinks: true,
    commandWorks: true,
    audience: 'team',
    runUrl: 'https://github.com/acme/onboarding/actions/runs/1',
  });
}

const linkOf = (connection: string) => `https://fivetran.com/connect-card/setup?auth=${connection}`;

/** A connection in Fivetran and what an issue's record says of it: that its link works. */
export function waiting({ fivetran }: World, schema: string, given: Partial<Entry> = {}): Entry {
  const group = given.request?.group ?? 'acme_group';
  const setupState: SetupState = given.state === 'connected' ? 'connected' : 'incomplete';
  const { id } = fivetran.addConnection({
    groupId: group,
    service: 'google_ads',
    schema,
    setupState,
  });
  return {
    request: { group, service: 'google_ads', schema },
    connection: id,
    intents: [],
    state: 'ready',
    expires: Date.now() + HOUR_MS,
    link: fingerprintOf(linkOf(id)),
    renewed: Date.now(),
    ...given,
  };
}

export function forgetRequests({ github, fivetran }: World): void {
  github.requests.splice(0);
  fivetran.requests.splice(0);
}

/** The objects of `results`, one for each issue. */
export function results({ outputs }: StepResult) {
  return JSON.parse(outputs.results ?? '[]');
}

/** What a run has asked of GitHub, in order. */
export function askedGitHub({ github }: World): Array<string | undefined> {
  return github.requests.map(({ kind }) => kind);
}

/** What a run has asked of Fivetran, in order, ids left out. */
export function askedFivetran({ fivetran }: World): string[] {
  return fivetran.requests.map(
    ({ method, path }) => `${method} ${path.replace(/(connections|groups)\/[^/]+/g, '$1/{id}')}`,
  );
}

const READS: ReadonlySet<string | undefined> = new Set(['graphql-issue', 'graphql-issues']);

/** What a run has changed, at GitHub and at Fivetran. */
export function writes(here: World): Array<string | undefined> {
  return [
    ...askedGitHub(here).filter((kind) => !READS.has(kind)),
    ...askedFivetran(here).filter((request) => !request.startsWith('GET')),
  ];
}
