/** A release's notes, and whether its tag fits what is tagged. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SBOM_PATH } from '../shipped/sbom.ts';
import { changelogProblems, sectionsOf, UNRELEASED } from './changelog.ts';

const REPOSITORY = 'connect-card-link/connect-card-link';
const ADDRESS = `https://github.com/${REPOSITORY}`;

/** Why the files in this folder can't be released with this tag. */
export function releaseProblems(tag: string, root: string): string[] {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const json = (path: string) => JSON.parse(read(path));
  const version = tag.replace(/^v/, '');
  const lock = json('package-lock.json');
  const named: Record<string, unknown> = {
    'package.json': json('package.json').version,
    'package-lock.json': lock.version,
    'package-lock.json (packages)': lock.packages[''].version,
    'src/model/version.ts': /VERSION = '(.*)'/.exec(read('src/model/version.ts'))?.[1],
    [SBOM_PATH]: json(SBOM_PATH).metadata.component.version,
  };
  const sections = sectionsOf(read('CHANGELOG.md'));
  const newest = sections[0];
  return [
    ...(/^v\d/.test(tag) ? [] : [`The tag ${tag} isn't a version like v1.2.3.`]),
    ...Object.entries(named)
      .filter(([, found]) => found !== version)
      .map(([file, found]) => `The tag is ${tag}, but ${file} says ${found}.`),
    ...(newest?.version === version
      ? []
      : [`The tag is ${tag}, but CHANGELOG.md begins with ${newest?.version}.`]),
    ...(newest?.date === UNRELEASED ? [`CHANGELOG.md has no date for ${newest.version}.`] : []),
    ...changelogProblems(sections),
  ];
}

/**
 * The notes for this tag: its section of the changelog, with links that work outside of the repository,
 * and how to pin and verify the release.
 * @param commit the full SHA that the tag names
 */
export function releaseNotes(tag: string, changelog: string, commit: string): string {
  const section = sectionsOf(changelog).find(({ version }) => `v${version}` === tag);
  if (section === undefined) throw new Error(`CHANGELOG.md has no section for ${tag}.`);
  const text = section.text.replace(
    /\]\((?!https?:|#)([^)]+)\)/g,
    (_, path) => `](${ADDRESS}/blob/${tag}/${path})`,
  );
  return `${text}

### Use it

\`\`\`yaml
- uses: ${REPOSITORY}@${commit} # ${tag}
\`\`\`

### Verify it

Every file that a runner downloads, and both archives, are attested, and so is the bill of materials
(\`sbom.cdx.json\`):

\`\`\`sh
gh api repos/${REPOSITORY}/tarball/${commit} >${tag}.tar.gz
gh attestation verify ${tag}.tar.gz --repo ${REPOSITORY} --source-digest ${commit} \\
  --source-ref refs/tags/${tag} --signer-workflow ${REPOSITORY}/.github/workflows/release.yml
\`\`\`

[SECURITY.md](${ADDRESS}/blob/${tag}/SECURITY.md#verifying-a-release) has the details.
`;
}
