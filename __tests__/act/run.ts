import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { readCommandLine } from '../../sandbox/command-line.ts';
import { assertNothingLeaks } from '../../sandbox/runner/leaks.ts';
import { type Journal, keepJournal } from '../../sandbox/wire/journal.ts';
import { environmentOf, type Run, runWithAct, secretsOf } from './act.ts';
import { listGroups } from './group-ids.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { scenarios } from './scenarios.ts';
import { followTryIt } from './try-it.ts';
import { startWorld, type World } from './world.ts';

// Not a Jest test, because act has to be installed.
const HELP = `Runs every example and every step of ours in a document with act, against the sandboxes, and then the
commands of documents. act has to be installed; docs/try-it.md shows how.

  node __tests__/act/run.ts [options]

  --act PATH      (act)
  --only PART     only those whose name has this
  --report FILE   the result as JSON
`;

const options = {
  act: { type: 'string', default: 'act' },
  report: { type: 'string' },
  only: { type: 'string', default: '' },
} as const;
const { values } = readCommandLine({ options }, HELP);

const chosen = scenarios.filter(({ example }) => example.includes(values.only));
let passed = 0;
let failed = 0;
/** How many requests were searched for secrets. Some scenarios send none. */
let requests = 0;
for (const scenario of chosen) {
  const trouble = await play(scenario).catch((error: Error) => error.message);
  report(nameOf(scenario), trouble);
}
if (chosen.length > 5)
  report('requests are searched for secrets', requests > 0 ? undefined : 'none was');
const pages = {
  'docs/getting-started.md: the ids of groups': () => inWorld(listGroups),
  'docs/try-it.md': () => followTryIt(values.act),
};
for (const [name, follow] of Object.entries(pages)) {
  if (!name.includes(values.only)) continue;
  report(name, (await follow().catch((error: Error) => error.message)) ?? undefined);
}

if (values.report) {
  const counts = { numPassedTests: passed, numFailedTests: failed };
  await writeFile(values.report, JSON.stringify(counts));
}
process.exitCode = failed === 0 ? 0 : 1;

function nameOf({ example, snippet, event, suggested, fails, title }: Scenario): string {
  const more = [
    snippet && ` («${snippet}»)`,
    suggested && ` with ${suggested}`,
    fails && ', refused',
    title && `: ${title}`,
  ];
  return `${example} on ${event}${more.filter(Boolean).join('')}`;
}

function report(name: string, trouble: string | undefined): void {
  console.log(trouble ? `FAILED: ${name}\n${trouble}` : `ok: ${name}`);
  if (trouble) failed += 1;
  else passed += 1;
}

async function inWorld(work: (world: World) => Promise<void>): Promise<undefined> {
  const world = await startWorld();
  try {
    await work(world);
  } finally {
    await world.close();
  }
}

/** Runs one scenario; returns what went wrong, with the log that shows it. */
async function play(scenario: Scenario): Promise<string | undefined> {
  const { fails, prepare, check } = scenario;
  const world = await startWorld();
  try {
    const payload = await prepare(world);
    const before = (await scenario.before?.(world)) ?? [];
    const settings = scenario.settings?.(world) ?? {};
    const replaced = scenario.replace?.(world);
    const run = { ...scenario, payload, replaced };
    const journal = keepJournal();
    const { code, log, files } = await runWithAct(values.act, run, world, settings).finally(() =>
      journal.end(),
    );
    try {
      assert.equal(code, fails ? 1 : 0, fails ? 'the workflow fails' : 'the workflow succeeds');
      const seen = [
        ...Object.values(secretsOf(world)),
        ...(scenario.shows ? [] : linksCreated(world)),
      ];
      assert.deepEqual(
        seen.filter((secret) => log.includes(secret)),
        [],
        'the log hides secrets',
      );
      leaksNothing(world, scenario, { log: scenario.shows ? '' : log, files, journal });
      await check(world, before, log);
      return undefined;
    } catch (error) {
      return `${log}\n${(error as Error).message}`;
    }
  } finally {
    await world.close();
  }
}

/** Looks for secrets and links in what a run printed, left in files and sent. */
function leaksNothing(
  world: World,
  scenario: Scenario,
  { log, files, journal }: Pick<Run, 'log' | 'files'> & { journal: Journal },
): void {
  requests += journal.exchanges.length;
  assertNothingLeaks({
    ...{ raw: log, stderr: '', summary: '', files, env: environmentOf(world, scenario) },
    // What is masked and handed on, the workflow decides: its log is what shows it.
    ...{ masks: [], outputs: {}, resultsFile: '' },
    journal: { exchanges: journal.exchanges, isAlone: () => true },
  });
  const handedOn = [JSON.stringify(world.webhook.received), ...world.mail.received].join('\n');
  for (const [name, secret] of Object.entries(secretsOf(world))) {
    if (/SECRET|TOKEN/.test(name)) assert.ok(!handedOn.includes(secret), `${name} was sent on`);
  }
}

function linksCreated({ fivetran }: World): string[] {
  return fivetran.requests.flatMap(({ response }) => {
    const answer = response as { data?: { connect_card?: { uri?: string } } } | undefined;
    return answer?.data?.connect_card?.uri ?? [];
  });
}
