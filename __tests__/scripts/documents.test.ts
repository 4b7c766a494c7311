import {
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { withComment } from '../../scripts/readme.ts';
import type { Fields } from '../../src/inputs/fields.ts';
import { readRequestList } from '../../src/inputs/list/request-list.ts';
import { ROOT } from '../act/act.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const NO_FIELDS: Fields = {
  ...{ groupId: '', service: '', schema: '', table: '', connectionId: '' },
  ...{ config: {}, settings: {}, redirectUri: 'https://fivetran.com' },
  ...{ hideSetupGuide: false, allFields: false, allowUnknownService: false },
};

test('every test that the threat model names exists', () => {
  const rows = read('docs/threat-model.md')
    .split('\n')
    .filter((line) => line.split('|').length === 5 && !/^\| (---|they)/.test(line));
  const named = rows.flatMap((row) => row.split('|')[3]?.match(/[\w-]+/g) ?? []);
  expect(named.length).toBeGreaterThan(rows.length - 1);
  const found = globSync('__tests__/{steps,unit}/*.test.ts', { cwd: ROOT }).join();
  expect(named.filter((name) => !found.includes(`/${name}.test.ts`))).toEqual([]);
});

test('every test that SECURITY.md names beside a promise exists', () => {
  const text = read('SECURITY.md');
  const rows = text.split('\n').filter((line) => /^\| (?!---|promise)/.test(line));
  expect(rows.length).toBeGreaterThan(20);
  const lost = rows.filter((row) => {
    const links = [...row.matchAll(/\[[\w./-]+\]\(([\w./-]+)\)(?:: "(.+?)")?(?=;| \||,)/g)];
    return (
      links.length === 0 ||
      !links.every(([, path = '', name]) => {
        if (!existsSync(join(ROOT, path))) return false;
        // A test has a name, in whichever quotes its file has; a script has none.
        if (!path.endsWith('.test.ts')) return name === undefined;
        return (
          name !== undefined &&
          ["'", '"', '`'].some((quote) => read(path).includes(quote + name + quote))
        );
      })
    );
  });
  expect(lost).toEqual([]);
});

test('the page on onboarding shows the comment as it is', () => {
  const page = read('docs/onboarding.md');
  expect(withComment(page)).toBe(page);
  const quoted = page.split('<!-- comment -->')[1]?.split('<!-- /comment -->')[0] ?? '';
  for (const source of ['Google Ads', 'Stripe']) expect(quoted).toContain(source);
  expect(quoted).toContain('2026');
});

test('the README can be read in ten minutes, apart from its tables of inputs and outputs', () => {
  const tables = /<!-- (inputs|outputs) -->.*?<!-- \/\1 -->/gs;
  const words = read('README.md').replace(tables, '').match(/\S+/g) ?? [];
  expect(words.length).toBeLessThan(1800);
});

test('the list in the README is a valid one', async () => {
  const [, csv = ''] = /```csv\n(.*?)```/s.exec(read('README.md')) ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));
  writeFileSync(join(folder, 'customers.csv'), csv);
  const list = await readRequestList('customers.csv', { ...NO_FIELDS, groupId: 'acme' }, folder);
  rmSync(folder, { recursive: true });
  expect(list.problems).toEqual([]);
  expect(list.requests).toHaveLength(3);
  expect(list.requests[0]?.target.extra).toEqual({ 'E-mail': 'ann@acme.example' });
});

test('the list of decisions has every page of docs/decisions', () => {
  const list = read('docs/decisions/README.md');
  const pages = globSync('docs/decisions/[0-9]*.md', { cwd: ROOT });
  expect(pages).not.toHaveLength(0);
  for (const page of pages) expect(list).toContain(`(${basename(page)})`);
});

test('every file that CONTRIBUTING names exists', () => {
  const paths = [
    ...read('CONTRIBUTING.md').matchAll(/`((?:src|scripts|bench|__tests__)\/[^`]*)`/g),
  ];
  expect(paths.length).toBeGreaterThan(10);
  const missing = paths
    .map(([, path = '']) => path)
    .filter((path) => !existsSync(join(ROOT, path)));
  expect(missing).toEqual([]);
});

test('CONTRIBUTING has the layers that lint enforces', () => {
  const [, layers = ''] = /```text\n(main\.ts.*?)```/s.exec(read('CONTRIBUTING.md')) ?? [];
  const named: string[] = layers.match(/\b[a-z-]+(?=\/)/g) ?? [];
  const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(named.toSorted()).toEqual(folders.toSorted());
  const overrides = JSON.parse(read('biome.json')).overrides as Override[];
  for (const [index, name] of named.entries()) {
    const override = overrides.find(({ includes }) => includes[0] === `src/${name}/**`);
    const refused = override?.linter.rules.style.noRestrictedImports.options.patterns[0].group;
    // In src/packages, paths within node_modules have folders of the same names.
    const prefix = name === 'packages' ? '..' : '**';
    const above = named.slice(0, index).map((one) => `${prefix}/${one}/**`);
    expect(refused).toEqual(expect.arrayContaining(above));
  }
});

interface Override {
  includes: [string];
  linter: {
    rules: { style: { noRestrictedImports: { options: { patterns: [{ group: string[] }] } } } };
  };
}

test('no file of src has more than 250 lines, as CONTRIBUTING says', () => {
  const files = globSync('src/**/*.ts', { cwd: ROOT });
  expect(files.length).toBeGreaterThan(100);
  const long = files.filter((path) => read(path).trimEnd().split('\n').length > 250);
  expect(long).toEqual([]);
});
