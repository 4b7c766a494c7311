import { expect, test } from '@jest/globals';
import { readInputs } from '../../src/inputs/read-inputs.ts';
import { InputError } from '../../src/model/errors.ts';

// Inputs that are well-formed and can't do what they are meant to do: without a word at the start, every
// issue would be refused later, with a reason that leads nowhere.

const LINK = {
  ...{ 'fivetran-api-key': 'key', 'fivetran-api-secret': 'secret', 'github-token': 'x' },
  ...{ 'group-id': 'acme_group', service: 'google_ads', schema: 'acme' },
};
const ONBOARD = { ...LINK, operation: 'onboard', service: '', schema: '' };
const FOLLOW_UP = { ...LINK, operation: 'follow-up' };

/** What is wrong with inputs, and the way out. */
async function problemsWith(given: Record<string, string>): Promise<string[]> {
  const inputs = Object.entries(given).map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text]);
  const thrown = await readInputs(Object.fromEntries(inputs)).catch((error) => error);
  if (!(thrown instanceof InputError)) return [];
  return thrown.problems.map(({ input, message, fix }) => `${input} ${message} ${fix}`);
}

const NO_LOGIN =
  "which isn't a login. Write logins of people, and of bots as name[bot], one per line or comma-separated; a team can't be named.";
const NO_SERVICE =
  "can't be a connector type: those have lower-case letters, digits and underscores only.";

test.each<[string, Record<string, string>, string[]]>([
  [
    'approvers that nobody can be',
    { ...ONBOARD, approvers: 'acme/team, nina@acme.example\n- tess, shop[bot], @nina_acme' },
    [
      `approvers names acme/team, ${NO_LOGIN}`,
      `approvers names nina@acme.example, ${NO_LOGIN}`,
      `approvers names - tess, ${NO_LOGIN}`,
    ],
  ],
  [
    'services that no issue can ask for',
    {
      ...ONBOARD,
      'allowed-services': 'Google Ads, hubspott, google_.*, google_*, stripe, adwords',
    },
    [
      `allowed-services Google Ads ${NO_SERVICE} Did you mean google_ads?`,
      'allowed-services hubspott looks like a misspelled connector type. Did you mean hubspot? If it is right as it is, set allow-unknown-service: true.',
      `allowed-services google_.* ${NO_SERVICE.replace('be', 'match')} Write * for any text, for example google_*.`,
    ],
  ],
  [
    'a pattern that no name matches',
    { ...ONBOARD, 'schema-pattern': '/^[a-z]+$/i' },
    [
      'schema-pattern has slashes around it. Write it in the syntax of JavaScript, without slashes around it.',
    ],
  ],
  [
    'groups without one',
    { ...ONBOARD, 'group-id': '', groups: '{}' },
    ['groups names no group. Write a name and its group id, such as "EU: acme_eu".'],
  ],
  [
    'groups that can’t be read are said to be that only',
    { ...ONBOARD, 'group-id': '', groups: '- EU' },
    [
      'groups is not a mapping. Write groups as a YAML mapping (key: value, one per line) or a JSON object.',
    ],
  ],
  [
    'one label for two things',
    { ...FOLLOW_UP, label: 'Connected', 'connected-label': 'connected' },
    [
      'connected-label is the approving label. Choose another one, or set it to an empty text for none.',
    ],
  ],
  ...[ONBOARD, FOLLOW_UP, { ...LINK, 'issue-number': '1' }].map(
    (inputs): [string, Record<string, string>, string[]] => [
      'no token',
      { ...inputs, 'github-token': '' },
      ['github-token is empty. Leave it out: its default is the token of the job.'],
    ],
  ),
  ['a link needs none', { ...LINK, 'github-token': '' }, []],
  ['onboarding', { ...ONBOARD, approvers: 'nina', 'allowed-services': '*', groups: '' }, []],
  ['follow-up', { ...FOLLOW_UP, 'connected-label': '' }, []],
])('%s', async (_, given, problems) => {
  expect(await problemsWith(given)).toEqual(problems);
});

test('an address with a version is unusual, but a gateway may have one of its own', async () => {
  const warningsFor = async (path: string) => {
    const given = { ...LINK, 'fivetran-api-url': `https://api.fivetran.com${path}` };
    const inputs = Object.entries(given).map(([name, text]) => [
      `INPUT_${name.toUpperCase()}`,
      text,
    ]);
    const { warnings } = await readInputs(Object.fromEntries(inputs));
    return warnings.map(({ message }) => message).filter((text) => text.includes('/v1'));
  };
  expect(await warningsFor('/v1/')).toEqual([
    'fivetran-api-url: it ends with /v1, and the action adds /v1 itself. Leave it out, unless a gateway of yours needs it.',
  ]);
  expect(await warningsFor('/fivetran')).toEqual([]);
});
