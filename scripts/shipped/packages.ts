/**
 * Which packages are in `dist`, by the bundler's own list of the modules that it put there. A list of
 * dependencies would be another thing: most of what they depend on isn't shipped.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of which at least one file is in `dist`. */
export interface ShippedPackage {
  name: string;
  version: string;
  /** Its licence as an SPDX expression. */
  license: string;
  /** The text of its licence. */
  text: string;
  /** Its hash in package-lock.json, as Subresource Integrity. */
  integrity: string;
  /** Software of others that its authors have compiled into the files that are shipped. */
  contains: ContainedSoftware[];
}

/** Software inside a package that isn't a package itself. Its version isn't stated there. */
interface ContainedSoftware {
  name: string;
  license: string;
  text: string;
}

/** The part of webpack's statistics that says what was bundled. */
export interface BundledModule {
  name?: string;
  modules?: BundledModule[];
}

/**
 * The licences that a shipped package may have. All of them let anybody use, change and pass on the
 * package, as long as the licence's text comes with it, which dist/licenses.txt does.
 */
export const ALLOWED_LICENSES: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
];

/**
 * The packages that these modules come from, by name.
 * @param root the project's folder, with package-lock.json and node_modules
 * @throws Error where a package may not be shipped: its licence isn't allowed or its text is missing, or
 *   package-lock.json has no hash for it
 */
export function shippedPackages(modules: BundledModule[], root: string): ShippedPackage[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const folders = new Set<string>();
  for (const name of namesOf(modules)) {
    if (!name.includes('node_modules')) continue;
    const [, folder] = MODULE.exec(name) ?? [];
    if (folder === undefined) throw new Error(`${name} isn't in the project's own node_modules.`);
    folders.add(folder);
  }
  if (folders.size === 0) throw new Error('The bundler names no module of any package.');
  return [...folders].sort().map((folder) => packageIn(folder, root, lock.packages));
}

/** A module as the bundler names it, perhaps with a note behind it; captures its package's folder. */
const MODULE = /^\.\/((?:node_modules\/.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//;

function namesOf(modules: BundledModule[]): string[] {
  return modules.flatMap(({ name, modules: parts }) => [
    ...(name ? [name] : []),
    ...namesOf(parts ?? []),
  ]);
}

function packageIn(
  folder: string,
  root: string,
  locked: Record<string, { version: string; integrity?: string }>,
): ShippedPackage {
  const path = join(root, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const { integrity, version: expected } = locked[folder] ?? {};
  if (expected !== version) {
    throw new Error(`${name} is installed as ${version}, but locked as ${expected}: run "npm ci".`);
  }
  if (!integrity) throw new Error(`package-lock.json has no hash for ${name}.`);
  if (!ALLOWED_LICENSES.includes(license)) {
    throw new Error(`${name} has the licence ${license}, which isn't one of ALLOWED_LICENSES.`);
  }
  const [file] = globSync('{LICENSE,LICENCE,license}{,.md,.txt}', { cwd: path }).sort();
  if (file === undefined) throw new Error(`${name} comes without the text of its licence.`);
  const text = readFileSync(join(path, file), 'utf8');
  return { name, version, license, text, integrity, contains: CONTAINS[name]?.() ?? [] };
}

/** What packages contain without naming it in their own licence. */
const CONTAINS: Record<string, () => ContainedSoftware[]> = {
  // Node's HTTP parser, as WebAssembly in lib/llhttp.
  undici: () => [
    {
      name: 'llhttp',
      license: 'MIT',
      text: readFileSync(join(import.meta.dirname, 'llhttp.LICENSE.txt'), 'utf8'),
    },
  ],
};
