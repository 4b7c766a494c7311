import { beforeAll, expect, test } from '@jest/globals';
import { allCases } from './all-cases.ts';
import { type Case, nameOf, nameOfPair, pairNamed } from './case.ts';
import { casesIn, readProof } from './page.ts';
import { sample, samplePairs } from './sample.ts';
import { Tally } from './tally.ts';
import { tryCase, tryPair } from './try-case.ts';
import { loadAction } from './world.ts';

// Every fault at every request: `npm run proof` tries all of them, this a random sample; and pairs of faults.

const SIZE = 120;
const PAIRS = 40;

let cases: Case[] = [];
beforeAll(async () => {
  await loadAction();
  cases = await allCases();
});

test('a sample of all cases is survived', async () => {
  const seed = Number(process.env.PROOF_SEED ?? Date.now() % 1_000_000);
  const failed: string[] = [];
  for (const one of sample(cases, SIZE, seed)) {
    const { broken } = await tryCase(one);
    if (broken.length === 0) continue;
    failed.push(`${broken.join('; ')}\n  npm run proof -- --case '${nameOf(one)}'`);
  }
  expect({ seed, failed }).toEqual({ seed, failed: [] });
});

/** Cases in which something was lost once. */
const FOUND = [
  // The run waited for a reaction for longer than a cancelled run has.
  'fresh link, 1 source / accept / 2 / cancelled-lost-after / once',
  'fresh link, 1 source / accept / 8 / cancelled-lost-before / once',
  // It waited for the comment for as long.
  'batch of 3 on an issue / accept / 8 / cancelled-lost-after / once',
  // The comment no longer showed a link that nothing had replaced.
  'fresh link, 1 source / accept / 3 / refused / always',
  'fresh link, 1 source / accept / 5 / status-429-huge / once',
  // A link was created, and nothing told it.
  'follow-up with renewals / accept / 7 / cancelled-lost-before / once',
  // A first sync that somebody had stopped was started a second time.
  'follow-up, start-connected / accept / 4 / reset-after / always',
  'follow-up, start-connected / accept / 4 / killed-after / once',
  'follow-up, start-connected / accept / 5 / status-500-before / always',
  // A first sync was never started.
  'onboarding, created paused / accept / 7 / status-401 / once',
];

test.each(FOUND)('%s', async (name) => {
  const one = cases.find((each) => nameOf(each) === name);
  if (!one) throw new Error('There is no such case any more.');
  expect(await tryCase(one)).toMatchObject({ broken: [] });
});

// Always the same pairs, unless PROOF_SEED says others: there are far too many to have tried them all.
test('a sample of pairs of faults is survived', async () => {
  const seed = Number(process.env.PROOF_SEED ?? 1);
  const failed: string[] = [];
  for (const pair of samplePairs(cases, PAIRS, seed)) {
    const { broken } = await tryPair(pair);
    if (broken.length === 0) continue;
    failed.push(`${broken.join('; ')}\n  npm run proof -- --pair '${nameOfPair(pair)}'`);
  }
  expect({ seed, failed }).toEqual({ seed, failed: [] });
});

/** Pairs in which something was lost once. */
const FOUND_PAIRS = [
  // A new comment's number was missing from the response, and a comment NaN was to be deleted.
  'one link on an issue / accept / 1.4 status-429 / 2.2 missing-fields',
  // A run that found its work done left the comment of the one that had died before, with dead links.
  'onboarding, 3 sources / refuse-400 / 1.9 status-500-before / 2.11 killed-after, later',
  // A comment that a rate limit had held back for too long was added twice.
  'follow-up with renewals / accept / 1.3 status-429 / 1.10 cut-short',
  // A batch had replaced links that the comment still showed.
  'batch of 3 on an issue / refuse-400 / 1.2 status-404 / 2.5 cancelled-lost-before',
];

test.each(FOUND_PAIRS)('%s', async (name) => {
  expect(await tryPair(pairNamed(name))).toMatchObject({ broken: [], struck: 2 });
});

test('docs/reliability.md has the number of cases that there are', () => {
  const tally = new Tally();
  for (const one of cases) tally.add(one, { broken: [], excepted: [] });
  expect(casesIn(readProof())).toEqual(casesIn(tally.markdown));
});
