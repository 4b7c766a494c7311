import { expect, test } from '@jest/globals';
import {
  askedFivetran,
  askedGitHub,
  followed,
  results,
  seedIssues,
  waiting,
} from '../support/follow-up.ts';

// What follow-up costs where there are many issues. A job's token has 1,000 requests an hour.

const count = (of: ReadonlyArray<string | undefined>) => of.length;
const connected = { state: 'connected', expires: 0 } as const;

test('1,000 issues where nothing has changed: 20 requests at GitHub, one at Fivetran', async () => {
  const here = await followed({ 'connected-label': '' });
  const states = [{}, connected];
  seedIssues(
    here,
    Array.from({ length: 1000 }, (_, index) => ({
      entries: [waiting(here, `s${index}`, states[index % 2])],
      later: index % 20,
    })),
  );
  const step = await here.followUp({}, { dist: true });
  expect([step.exitCode, step.outputs.outcome]).toEqual([0, 'followed-up']);
  expect(results(step)).toHaveLength(1000);
  expect(results(step).filter(({ changed }: { changed: boolean }) => changed)).toEqual([]);
  expect(askedGitHub(here)).toEqual(Array(20).fill('graphql-issues'));
  expect(askedFivetran(here)).toEqual(['GET /v1/groups/{id}/connections']);
  expect(step.took).toBeLessThan(30_000);
});

test('1,000 issues with three connections each: a page of Fivetran’s for each thousand', async () => {
  const here = await followed();
  const sources = ['google', 'stripe', 'facebook'];
  seedIssues(
    here,
    Array.from({ length: 1000 }, (_, index) => ({
      entries: sources.map((source) => waiting(here, `s${index}_${source}`)),
    })),
  );
  const step = await here.followUp();
  // So many are too much for an output.
  const issues = JSON.parse(step.resultsFile);
  expect(issues).toHaveLength(1000);
  expect(issues[999].connections).toHaveLength(3);
  expect(count(askedGitHub(here))).toBe(20);
  expect(count(askedFivetran(here))).toBe(3);
  expect(step.took).toBeLessThan(30_000);
});

test('an issue whose record is beyond its last 20 comments costs one request more', async () => {
  const here = await followed();
  seedIssues(here, [
    { entries: [waiting(here, 'quiet')], later: 19 },
    { entries: [waiting(here, 'talkative')], later: 20 },
    { entries: [waiting(here, 'more_talkative')], later: 110 },
  ]);
  const step = await here.followUp();
  expect(results(step).map(({ outcome }: { outcome: string }) => outcome)).toEqual(
    Array(3).fill('waiting'),
  );
  expect(askedGitHub(here)).toEqual(['graphql-issues', 'graphql-issue', 'graphql-issue']);
});

test('a few connections among very many: no more listing pages than connections', async () => {
  const here = await followed();
  for (let index = 0; index < 4000; index++) {
    here.fivetran.addConnection({
      groupId: 'acme_group',
      service: 'stripe',
      schema: `other_${index}`,
    });
  }
  seedIssues(here, [{ entries: [waiting(here, 'a')] }, { entries: [waiting(here, 'b')] }]);
  expect(results(await here.followUp())).toMatchObject([
    { outcome: 'waiting', changed: false },
    { outcome: 'waiting', changed: false },
  ]);
  expect(count(askedFivetran(here))).toBe(4);
});
