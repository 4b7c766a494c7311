import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { licensesText } from '../../scripts/shipped/licenses.ts';
import { ALLOWED_LICENSES, shippedPackages } from '../../scripts/shipped/packages.ts';
import { SBOM_PATH } from '../../scripts/shipped/sbom.ts';
import { ROOT } from '../act/act.ts';

interface Component {
  type: string;
  name: string;
  version: string;
  purl: string;
  hashes: { alg: string; content: string }[];
  licenses: { license: { id: string } }[];
  components?: Component[];
}

interface Bill {
  metadata: { component: { version: string } };
  components: Component[];
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const bill: Bill = JSON.parse(read(SBOM_PATH));
const libraries = bill.components.filter(({ type }) => type === 'library');
/** A package that a file of src imports, by its name or by a path into it; types leave no trace. */
const IMPORTED =
  /^(?!import type).*(?:from|import\() *'(?:(?:\.\.\/)+node_modules\/)?((?:@[\w-]+\/)?[\w-]+)[/']/gm;
const licenseOf = (component: Component | undefined) => component?.licenses[0]?.license.id ?? '';

describe('the bill of materials', () => {
  test('is valid CycloneDX 1.6', () => {
    const library = createRequire(import.meta.url).resolve(
      '@cyclonedx/cyclonedx-library/package.json',
    );
    const schema = (name: string) =>
      JSON.parse(
        readFileSync(join(dirname(library), `res/schema/${name}.SNAPSHOT.schema.json`), 'utf8'),
      );
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
      ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
    }
    const valid = ajv.compile(schema('bom-1.6'));
    valid(bill);
    expect(valid.errors).toBeNull();
    expect(valid({ ...bill, components: [{ name: 'no type' }] })).toBe(false);
  });

  test('has every file of dist with its hash', () => {
    const files = bill.components.filter(({ type }) => type === 'file');
    const named = files.map(({ name, hashes }) => [name, hashes[0]?.content]);
    const found = readdirSync(join(ROOT, 'dist'))
      .map((name) => `dist/${name}`)
      .filter((path) => path !== SBOM_PATH)
      .sort()
      .map((path) => [
        path,
        createHash('sha256')
          .update(readFileSync(join(ROOT, path)))
          .digest('hex'),
      ]);
    expect(named).toEqual(found);
  });

  test('has the packages that src imports, and no other', () => {
    const imported = globSync('src/**/*.ts', { cwd: ROOT }).flatMap((path) =>
      [...read(path).matchAll(IMPORTED)].map(([, name = '']) => name),
    );
    expect(libraries.map(({ name }) => name)).toEqual([...new Set(imported)].sort());
  });

  // Of all packages: with `--omit dev`, npm 11 leaves out those that others need for development as well.
  test('says of each package what npm says', () => {
    const { components } = JSON.parse(
      execFileSync('npm', 'sbom --sbom-format cyclonedx --package-lock-only'.split(' '), {
        cwd: ROOT,
        encoding: 'utf8',
        maxBuffer: 1e8,
      }),
    ) as Bill;
    const facts = ({ version, purl, hashes, licenses }: Component) => ({
      ...{ version, purl, hashes, licenses },
    });
    for (const one of libraries) {
      expect(components.map(facts)).toContainEqual(facts(one));
    }
  });

  test('is for the version in package.json', () => {
    expect(bill.metadata.component.version).toBe(JSON.parse(read('package.json')).version);
  });
});

test('dist has the licence of everything in it, and each is an allowed one', () => {
  const texts = read('dist/licenses.txt');
  expect(libraries).not.toHaveLength(0);
  for (const one of libraries) {
    expect(ALLOWED_LICENSES).toContain(licenseOf(one));
    const [file = ''] = globSync(`node_modules/${one.name}/LICENSE*`, { cwd: ROOT });
    expect(texts).toContain(
      `${one.name} ${one.version}\n${licenseOf(one)}\n\n${read(file).trim()}\n`,
    );
  }
  const parser = libraries.find(({ name }) => name === 'undici')?.components?.[0];
  expect(parser?.name).toBe('llhttp');
  expect(texts).toContain('Copyright Fedor Indutny');
});

test('package-lock.json has a hash for every package and names no registry', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { integrity?: string; resolved?: string }>;
  };
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  expect(installed.length).toBeGreaterThan(libraries.length);
  const without = installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
  expect(without.map(([path]) => path)).toEqual([]);
  expect(installed.filter(([, { resolved }]) => resolved).map(([path]) => path)).toEqual([]);
});

describe('a package is not shipped', () => {
  const root = mkdtempSync(join(tmpdir(), 'shipped-'));
  const modules = [{ modules: [{ name: './node_modules/@org/one/lib/index.js' }] }];
  const write = (path: string, content: object | string) =>
    writeFileSync(
      join(root, path),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  const lock = (entry: object) =>
    write('package-lock.json', { packages: { 'node_modules/@org/one': entry } });
  const manifest = { name: '@org/one', version: '1.2.3', license: 'MIT' };
  beforeAll(() => {
    mkdirSync(join(root, 'node_modules/@org/one'), { recursive: true });
    write('node_modules/@org/one/package.json', manifest);
    write('node_modules/@org/one/LICENSE', 'Anybody may.\r\n');
    lock({ version: '1.2.3', integrity: 'sha512-AA==' });
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test('(this one is)', () => {
    const packages = shippedPackages(modules, root);
    expect(packages.map(({ name }) => name)).toEqual(['@org/one']);
    expect(licensesText(packages)).toBe('@org/one 1.2.3\nMIT\n\nAnybody may.\n');
  });

  test.each([
    ['with another licence', 'GPL-3.0-only', { license: 'GPL-3.0-only' }],
    ['with no licence', 'undefined', { license: undefined }],
    ['in another version', 'npm ci', { version: '2.0.0' }],
  ])('%s', (_, message, change) => {
    write('node_modules/@org/one/package.json', { ...manifest, ...change });
    expect(() => shippedPackages(modules, root)).toThrow(message);
    write('node_modules/@org/one/package.json', manifest);
  });

  test.each([
    ['from another folder', './../elsewhere/node_modules/@org/one/index.js', 'own node_modules'],
    ['where no module is known', './lib/index.js', 'no module of any package'],
  ])('%s', (_, name, message) => {
    expect(() => shippedPackages([{ name }], root)).toThrow(message);
  });

  test('without a hash in package-lock.json', () => {
    lock({ version: '1.2.3' });
    expect(() => shippedPackages(modules, root)).toThrow('no hash for @org/one');
    lock({ version: '1.2.3', integrity: 'sha512-AA==' });
  });

  test("without its licence's text", () => {
    cpSync(join(root, 'node_modules/@org/one/LICENSE'), join(root, 'kept'));
    rmSync(join(root, 'node_modules/@org/one/LICENSE'));
    expect(() => shippedPackages(modules, root)).toThrow('without the text');
    cpSync(join(root, 'kept'), join(root, 'node_modules/@org/one/LICENSE'));
  });
});
