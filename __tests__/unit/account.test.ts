import { describe, expect, test } from '@jest/globals';
import { checkApiUrl, checkCredentials } from '../../src/inputs/account.ts';
import { InputReader } from '../../src/inputs/input-reader.ts';

describe('fivetran-api-url', () => {
  const problemsOf = (url: string) => {
    const read = new InputReader({ 'INPUT_FIVETRAN-API-URL': url });
    checkApiUrl(read);
    return read.problems.map(({ input }) => input);
  };

  test.each([
    '',
    'https://api.fivetran.com',
    'https://fivetran.example/path',
    'http://localhost:8080',
    'http://127.0.0.1:1',
    'http://127.8.9.10',
    'http://[::1]:1',
  ])('%s is used', (url) => expect(problemsOf(url)).toEqual([]));

  test.each([
    'http://api.fivetran.com',
    'http://127.0.0.1.evil.example',
    'http://127.evil.example',
    'http://localhost.evil.example',
    'http://evil.example/127.0.0.1',
    'http://127.0.0.1@evil.example',
    'http://[::1].evil.example',
    'http://10.0.0.1',
    'http://0.0.0.0',
    'ftp://127.0.0.1',
    'https://user:pass@api.fivetran.com',
    'https://api.fivetran.com/?x=1',
    'api.fivetran.com',
  ])('%s is refused', (url) => expect(problemsOf(url)).toEqual(['fivetran-api-url']));
});

test('where nothing is given, the API is Fivetran’s', () => {
  expect(checkApiUrl(new InputReader({}))).toBe('https://api.fivetran.com');
});

test('without credentials, a workflow gets advice about forks, a terminal about variables', () => {
  const fixes = (env: Record<string, string>) => {
    const read = new InputReader(env);
    checkCredentials(read, env);
    return read.problems.map(({ fix }) => fix).join(' ');
  };
  expect(fixes({ GITHUB_ACTIONS: 'true' })).toMatch(/fork/);
  expect(fixes({})).toMatch(/FIVETRAN_API_KEY/);
  expect(fixes({})).not.toMatch(/fork|repository/);
});
