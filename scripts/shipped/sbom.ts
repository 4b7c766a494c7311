/**
 * The software bill of materials of `dist`, as CycloneDX 1.6: the packages that it contains, with the
 * hashes of package-lock.json, and its files with theirs. It has no time and no random number, so that
 * a second build has the same bytes.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShippedPackage } from './packages.ts';

/** The file's place in the project. It isn't in the archive that runners download. */
export const SBOM_PATH = 'dist/sbom.cdx.json';

const REPOSITORY = 'connect-card-link/connect-card-link';

/** What the project's package.json says. */
export interface Project {
  name: string;
  version: string;
  description: string;
  license: string;
}

/** The bill for what is in `dist` under `root`, the bill itself left out. */
export function sbomText(project: Project, packages: ShippedPackage[], root: string): string {
  const action = `pkg:github/${REPOSITORY}@v${project.version}`;
  const components = [...packages.map(library), ...distFiles(root)];
  const bill = {
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'application',
        'bom-ref': action,
        name: project.name,
        version: project.version,
        description: project.description,
        licenses: [{ license: { id: project.license } }],
        purl: action,
      },
    },
    components,
    dependencies: [
      { ref: action, dependsOn: packages.map(packageUrl) },
      ...packages.map((one) => ({ ref: packageUrl(one) })),
    ],
  };
  const head = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(bill))}`,
    version: 1,
  };
  return `${JSON.stringify({ ...head, ...bill }, null, 1)}\n`;
}

function library(one: ShippedPackage): object {
  const contained = one.contains.map(({ name, license }) => ({
    type: 'library',
    'bom-ref': `${packageUrl(one)}#${name}`,
    name,
    licenses: [{ license: { id: license } }],
  }));
  return {
    type: 'library',
    'bom-ref': packageUrl(one),
    name: one.name,
    version: one.version,
    scope: 'required',
    hashes: [hashOf(one.integrity)],
    licenses: [{ license: { id: one.license } }],
    purl: packageUrl(one),
    ...(contained.length > 0 ? { components: contained } : {}),
  };
}

function distFiles(root: string): object[] {
  return globSync('dist/**', { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `dist/${entry.name}`)
    .filter((name) => name !== SBOM_PATH)
    .sort()
    .map((name) => {
      const content = createHash('sha256')
        .update(readFileSync(join(root, name)))
        .digest('hex');
      return {
        type: 'file',
        'bom-ref': name,
        name,
        hashes: [{ alg: 'SHA-256', content }],
      };
    });
}

/** https://github.com/package-url/purl-spec: the scope's @ is escaped. */
function packageUrl({ name, version }: ShippedPackage): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function hashOf(integrity: string): { alg: string; content: string } {
  const [algorithm = '', hash = ''] = integrity.split('-');
  return {
    alg: algorithm.replace('sha', 'SHA-'),
    content: Buffer.from(hash, 'base64').toString('hex'),
  };
}

/** A UUID of version 8 (RFC 9562), which leaves its bits to whoever makes it: here, a hash. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
