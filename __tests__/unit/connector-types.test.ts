import { describe, expect, test } from '@jest/globals';
import { ConnectorTypes } from '../../src/fivetran/connector-types.ts';
import { nameFromType } from '../../src/fivetran/service-names.ts';
import { LinkError } from '../../src/model/errors.ts';
import { newEntry } from '../../src/model/issue-record.ts';
import { DisplayNames } from '../../src/operations/display-names.ts';

/** Fivetran's answers by path; whatever isn't among them is refused. */
function asked(answers: Record<string, unknown>) {
  const paths: string[] = [];
  const deadlines: Array<number | undefined> = [];
  const types = new ConnectorTypes(
    {
      async send({ path, deadline }) {
        paths.push(path);
        deadlines.push(deadline);
        if (!(path in answers)) throw new LinkError('forbidden', 'Not allowed (403).', '');
        const body = await answers[path];
        return { status: 200, headers: {}, body, date: 0 };
      },
    },
    () => 1000,
  );
  return { types, paths, deadlines };
}
const metadata = (data: unknown) => asked({ '/v1/metadata/connector-types/google_ads': { data } });

describe('the name of a connector type', () => {
  const DOCS = 'https://fivetran.com/docs/connectors/applications/google-ads';

  test('is Fivetran’s own', async () => {
    const { types } = metadata({ name: 'Google Ads™', link_to_docs: DOCS });
    const described = await types.describe('google_ads');
    expect(described).toEqual({ name: 'Google Ads™', docsUrl: DOCS });
  });

  test('is asked once, and not at all where it is on record', async () => {
    const { types, paths } = metadata({ name: 'Google Ads™', link_to_docs: DOCS });
    const names = new DisplayNames(types);
    const entry = newEntry({ group: 'g', service: 'google_ads', schema: 'a' });
    const named = newEntry({ group: 'g', service: 'stripe', schema: 'a' });
    for (let times = 0; times < 2; times++) {
      names.start(['google_ads', 'stripe'], [{ ...named, title: 'Stripe' }]);
      expect(names.applyTo(entry)).toBe(entry);
    }
    await new Promise(setImmediate);
    expect(names.applyTo(entry)).toMatchObject({ title: 'Google Ads™', docs: DOCS });
    names.start(['google_ads'], []);
    expect(paths).toEqual(['/v1/metadata/connector-types/google_ads']);
  });

  test.each<[string, unknown]>([
    ['no name', { link_to_docs: 7 }],
    ['a name that is no text', { name: { a: 1 } }],
    ['a blank name', { name: ' \u200b ' }],
    ['a list', []],
    ['nothing', null],
  ])('is put together when the answer has %s', async (_, data) => {
    expect(await metadata(data).types.describe('google_ads')).toEqual({ name: 'Google Ads' });
  });

  test('is put together when the request is refused, and nothing is asked for what can’t be one', async () => {
    const { types, paths } = asked({});
    expect((await types.describe('google_ads')).name).toBe('Google Ads');
    expect((await types.describe('../users')).name).toBe('../users');
    expect(paths).toEqual(['/v1/metadata/connector-types/google_ads']);
  });

  test('is put together when the answer is slow: the request ends after five seconds', async () => {
    const { types, deadlines } = asked({});
    expect((await types.describe('google_ads')).name).toBe('Google Ads');
    expect(deadlines).toEqual([6000]);
  });

  test.each([
    'javascript:alert(1)',
    'http://fivetran.com/docs',
    'https://fivetran.com.example.com/docs',
    'https://notfivetran.com/docs',
    'https://a:b@fivetran.com/docs',
    '/docs',
  ])('has no link to %s', async (link) => {
    const { docsUrl } = await metadata({ name: 'x', link_to_docs: link }).types.describe(
      'google_ads',
    );
    expect(docsUrl).toBeUndefined();
  });

  test.each([
    ['google_ads', 'Google Ads'],
    ['facebook_ads', 'Facebook Ads'],
    ['stripe', 'Stripe'],
    ['s3', 'S3'],
    ['hubspot', 'HubSpot'],
    ['postgres_rds', 'PostgreSQL RDS'],
    ['google_display_and_video_360', 'Google Display and Video 360'],
    ['constructor', 'Constructor'],
    ['', ''],
  ])('from %j: %s', (service, name) => expect(nameFromType(service)).toBe(name));
});

describe('the connector type that people call', () => {
  const items = [
    { id: 'campaign_manager', name: 'Google Campaign Manager 360' },
    { id: 'one', name: 'Twins' },
    { id: 'two', name: 'TWINS' },
    { id: '../users', name: 'Elsewhere' },
    null,
  ];
  const LIST = '/v1/metadata/connector-types?limit=1000';
  const PUBLIC = '/public/connector-types';

  test('«Google Ads» is known without asking', async () => {
    const { types, paths } = asked({});
    expect(await types.serviceCalled(' Google ADS ')).toBe('google_ads');
    expect(paths).toEqual([]);
  });

  test('another name is looked for in the account’s list, all pages, once', async () => {
    const { types, paths } = asked({
      [LIST]: { data: { items: [], next_cursor: 'a b' } },
      [`${LIST}&cursor=a%20b`]: { data: { items } },
    });
    const name = 'google campaign  manager 360';
    expect(await Promise.all([types.serviceCalled(name), types.serviceCalled(name)])).toEqual([
      'campaign_manager',
      'campaign_manager',
    ]);
    expect(paths).toEqual([LIST, `${LIST}&cursor=a%20b`]);
  });

  test('is in the public list where the account’s is refused', async () => {
    const { types } = asked({ [PUBLIC]: { data: { items } } });
    expect(await types.serviceCalled('Google Campaign Manager 360')).toBe('campaign_manager');
  });

  test('is the one with that name in comments where no list has it', async () => {
    const { types } = asked({ [LIST]: { data: { items } } });
    expect(await types.serviceCalled('PostgreSQL')).toBe('postgres');
    expect(await asked({}).types.serviceCalled('mariadb rds')).toBe('maria_rds');
  });

  test.each(['Twins', 'Elsewhere', 'Nobody', ''])('is unknown for %j', async (name) => {
    const { types } = asked({ [LIST]: { data: { items } } });
    expect(await types.serviceCalled(name)).toBeUndefined();
  });

  test('cursors that go round end', async () => {
    const page = { data: { items, next_cursor: 'x' } };
    const { types, paths } = asked({ [LIST]: page, [`${LIST}&cursor=x`]: page });
    expect(await types.serviceCalled('Nobody')).toBeUndefined();
    expect(paths).toHaveLength(3);
  });
});
