/**
 * Runs every example with `act`, on this machine and against the sandboxes:
 *
 *     node __tests__/act/run.ts [--act path/to/act] [--report file.json]
 *
 * Not a Jest test, because `act` has to be installed (`go install github.com/nektos/act@latest`).
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { assertNothingLeaks } from '../../sandbox/runner/leaks.ts';
import { keepJournal } from '../../sandbox/wire/journal.ts';
import { environmentOf, runWithAct, secretsOf } from './act.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { startWorld, type World } from './world.ts';

const { values } = parseArgs({
  options: { act: { type: 'string', default: 'act' }, report: { type: 'string' } },
});

let failed = 0;
for (const scenario of scenarios) {
  const trouble = await play(scenario).catch((error: Error) => error.message);
  const { example, event, suggested, fails } = scenario;
  const name = `${example} on ${event}${suggested ? ` with ${suggested}` : ''}${fails ? ', refused' : ''}`;
  console.log(trouble ? `FAILED: ${name}\n${trouble}` : `ok: ${name}`);
  if (trouble) failed += 1;
}

if (values.report) {
  const counts = { numPassedTests: scenarios.length - failed, numFailedTests: failed };
  await writeFile(values.report, JSON.stringify(counts));
}
process.exitCode = failed === 0 ? 0 : 1;

/** Runs one scenario; returns what went wrong, with the log that shows it. */
async function play(scenario: Scenario): Promise<string | undefined> {
  const { fails, prepare, check } = scenario;
  const world = await startWorld();
  try {
    const payload = await prepare(world);
    const before = (await scenario.before?.(world)) ?? [];
    const journal = keepJournal();
    const { code, log, files } = await runWithAct(
      values.act,
      { ...scenario, payload },
      world,
    ).finally(() => journal.end());
    try {
      assert.equal(code, fails ? 1 : 0, fails ? 'the workflow fails' : 'the workflow succeeds');
      const seen = [...Object.values(secretsOf(world)), ...linksCreated(world)];
      assert.deepEqual(
        seen.filter((secret) => log.includes(secret)),
        [],
        'the log hides secrets',
      );
      assert.ok(journal.exchanges.length > 0, 'its requests were looked at');
      const env = environmentOf(world, scenario);
      const printed = { raw: log, stderr: '', summary: '', files };
      // What is masked and handed on, the workflow decides: its log is what shows it.
      assertNothingLeaks({
        ...printed,
        ...{ env, masks: [], outputs: {}, resultsFile: '' },
        journal: { exchanges: journal.exchanges, isAlone: () => true },
      });
      const handedOn = [JSON.stringify(world.webhook.received), ...world.mail.received].join('\n');
      for (const [name, secret] of Object.entries(secretsOf(world))) {
        if (/SECRET|TOKEN/.test(name)) assert.ok(!handedOn.includes(secret), `${name} was sent on`);
      }
      await check(world, before);
      return undefined;
    } catch (error) {
      return `${log}\n${(error as Error).message}`;
    }
  } finally {
    await world.close();
  }
}

function linksCreated({ fivetran }: World): string[] {
  return fivetran.requests.flatMap(({ response }) => {
    const answer = response as { data?: { connect_card?: { uri?: string } } } | undefined;
    return answer?.data?.connect_card?.uri ?? [];
  });
}
