import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { StepResult } from '../../sandbox/runner/run.ts';
import { Clock } from '../support/clock.ts';
import { commandsIn } from '../support/command-grammar.ts';
import { anyText, hostile } from '../support/hostile.ts';
import { form, type RunOptions, THREE, type World, world } from '../support/onboard.ts';
import { holdsLater, PATIENCE_MS } from '../support/properties.ts';
import { moreThanText, rendered } from '../support/rendered.ts';

// Whole runs in which an issue, a list, Fivetran and GitHub say whatever could be more than text.

type Words = readonly [string, string, string, string, string, string];

/** Runs something on a fresh Fivetran and GitHub that say these words. */
type Story = (here: World, words: Words, clock: Clock) => Promise<StepResult[]>;

/** Fivetran's metadata with another name and documentation, for every connector type. */
function rename({ fivetran }: World, name: string, docs: string): void {
  const change = (body: { data: object }) => ({
    ...body,
    data: { ...body.data, name, link_to_docs: `https://fivetran.com/docs?${docs}` },
  });
  fivetran.fault({ on: 'metadata', times: 20, answer: { change } });
}

const REFUSED = (code: string, message: string, status = 400) => ({ status, code, message });

/** A run that no issue has started. */
function runOn(here: World, given: Record<string, string>, options: RunOptions) {
  const own = { operation: 'link', 'group-id': 'acme_group', ...given };
  return here.run({ repository: undefined } as never, { ...options, with: own });
}

const STORIES: Record<string, Story> = {
  'an issue, and what Fivetran calls its sources': async (here, words, clock) => {
    const [title, customer, notes, name, docs, more] = words;
    rename(here, name, docs);
    const body = form({ ...THREE, Customer: customer.replace(/\s/g, ' '), Notes: notes });
    const { number } = await here.github.openIssue({ title, body, author: 'nina' });
    const event = await here.github.addLabel(number, 'connect-card', 'tess');
    return [await here.run(event, { clock }), await here.command(1, { name: more, clock })];
  },
  'an issue without a good word in it': async (here, words, clock) => {
    const body = form({ Service: words[0], Schema: words[1], Customer: words[2] }) + words[3];
    const { number } = await here.github.openIssue({ title: words[4], body, author: 'nina' });
    const event = await here.github.addLabel(number, 'connect-card', 'tess');
    return [await here.run(event, { clock, env: { RUNNER_DEBUG: '1' } })];
  },
  'refusals by Fivetran': async (here, words, clock) => {
    for (const message of words.slice(0, 3)) {
      here.fivetran.fault({ on: 'create', answer: REFUSED(words[3], message) });
    }
    here.fivetran.fault({ on: 'card', answer: REFUSED(words[4], words[5], 404) });
    const env = { RUNNER_DEBUG: '1' };
    return [await here.onboard(THREE, { clock, env }), await here.approve(1, { clock, env })];
  },
  'a connection as Fivetran has it': async (here, words, clock) => {
    const [service, schema, group, name, docs, id] = words;
    rename(here, name, docs);
    const { id: known } = here.fivetran.addConnection({
      groupId: 'acme_group',
      service: 'google_ads',
      schema: 'acme',
    });
    const change = (body: { data: object }) => ({
      ...body,
      data: { ...body.data, id: `x${id}`, service, schema, group_id: group },
    });
    here.fivetran.fault({ on: 'get', times: 3, answer: { change } });
    await here.open();
    const given = { 'connection-id': known, 'issue-number': '1', 'group-id': '' };
    return [
      await runOn(here, given, { clock }),
      await runOn(here, { ...given, schema: '' }, { clock, env: { RUNNER_DEBUG: '1' } }),
    ];
  },
  'a list': async (here, words, clock) => {
    const requests = words.map((text, index) => ({
      name: `${index}${text}`,
      service: ['google_ads', 'stripe', text][index % 3],
      schema: index === 5 ? text : `acme_${index}`,
      [`x${text}`]: text,
    }));
    here.fivetran.fault({ on: 'create', times: 2, answer: REFUSED(words[0], words[1]) });
    await here.open();
    const first = { requests: JSON.stringify(requests.slice(0, 3)), 'issue-number': '1' };
    return [
      await runOn(here, first, { clock }),
      await runOn(here, { requests: JSON.stringify(requests), 'dry-run': 'true' }, { clock }),
    ];
  },
  'refusals by GitHub': async (here, words, clock) => {
    const [message, other, name] = words;
    rename(here, name, words[3]);
    const given = { service: 'google_ads', schema: 'acme', 'issue-number': '1' };
    await here.open();
    const refused = (text: string, status: number) => ({ status, body: { message: text } });
    here.github.fault({ on: 'graphql-add-comment', answer: refused(message, 403) });
    const first = await runOn(here, given, { clock });
    here.github.fault({ on: 'graphql-issues', times: 9, answer: refused(other, 422) });
    const followUp = { operation: 'follow-up', 'group-id': '' };
    return [first, await runOn(here, followUp, { clock, env: { RUNNER_DEBUG: '1' } })];
  },
};

/** Where the pages of a run may lead to. */
function isOwn({ fivetran, github }: World, link: string): boolean {
  return [
    `${fivetran.url}/connect-card/`,
    `${github.url}/acme/onboarding/issues/1`,
    'https://fivetran.com/docs',
    'https://github.com/acme/onboarding/actions/runs/4711',
  ].some((own) => link.startsWith(own));
}

const OUTPUTS = [
  ...['link', 'token', 'connection-id', 'service', 'schema', 'group-id', 'created', 'setup-state'],
  ...['expires-at', 'comment-url', 'message', 'outcome', 'results', 'results-file'],
];
const COMMANDS = ['add-mask', 'debug', 'endgroup', 'error', 'group', 'notice', 'warning'];

async function expectTextOnly(here: World, steps: readonly StepResult[]): Promise<void> {
  for (const { raw, annotations, masks, outputs, summary, resultsFile } of steps) {
    const page = rendered(summary);
    const comments = (await here.own()).map(({ body }) =>
      rendered(body.replace(/<!-- connect-card-link v1 [\w.-]+ -->/g, '')),
    );
    expect({
      // What the words make of a command has no title, or another name.
      commands: commandsIn(raw).filter((name) => !COMMANDS.includes(name)),
      annotations: annotations.filter(({ title }) => !title.startsWith('Connect Card Link')),
      masks: masks.filter((mask) => mask.length < 9),
      outputs: Object.keys(outputs).filter((name) => !OUTPUTS.includes(name)),
      pages: [page, ...comments].flatMap((one) =>
        moreThanText(
          one,
          one.links.filter((link) => isOwn(here, link)),
        ),
      ),
      results: typeof JSON.parse(resultsFile),
    }).toEqual({
      commands: [],
      annotations: [],
      masks: [],
      outputs: [],
      pages: [],
      results: 'object',
    });
  }
}

/** Few runs fit into a test, so most of them have the plainest attempts in them as well. */
const attempt = fc
  .tuple(hostile, fc.constantFrom(' @nina #12 <b>x</b>', '\n::error::x', ' ##[error]x', ''))
  .map(([text, plainest]) => text + plainest);
const words = fc.tuple(attempt, attempt, anyText, attempt, attempt, anyText);

test.each(Object.entries(STORIES))(
  '%s',
  async (_, story) => {
    await holdsLater(
      fc.asyncProperty(words, async (given) => {
        const here = await world();
        try {
          await expectTextOnly(here, await story(here, given, new Clock()));
        } finally {
          await Promise.all([here.fivetran.close(), here.github.close()]);
        }
      }),
      2,
    );
  },
  PATIENCE_MS,
);
