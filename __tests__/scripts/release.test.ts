import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  changelogProblems,
  sectionsOf,
  UNRELEASED,
  withDate,
} from '../../scripts/release/changelog.ts';
import { releaseNotes, releaseProblems } from '../../scripts/release/notes.ts';
import {
  type Clone,
  cloneOf,
  JOBS,
  runRelease,
  subjectsOf,
} from '../../scripts/release/rehearse.ts';
import { jobsOf } from '../../scripts/release/workflow.ts';
import { ROOT } from '../act/act.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };
const tag = `v${version}`;
type Name = (typeof JOBS)[number];

// There is nothing to tag where there is no repository. What the workflow's scripts call is on a runner; on
// a computer it may be missing, and CI installs it.
const isOnPath = (program: string) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
const canRun = Boolean(process.env.CI) || ['bash', 'jq', 'unzip', 'tar'].every(isOnPath);
(existsSync(join(ROOT, '.git')) && canRun ? describe : describe.skip)(
  'the release workflow',
  () => {
    let clone: Clone;
    let commit: string;
    let tampered: string;
    beforeAll(() => {
      clone = cloneOf(ROOT);
      const save = (path: string, text: string) => {
        writeFileSync(join(clone.path, path), text);
        clone.git('commit', '--all', '--quiet', '--message', `Changes ${path}`);
        return clone.git('rev-parse', 'HEAD');
      };
      const [title = '', ...entries] = readFileSync(join(clone.path, 'CHANGELOG.md'), 'utf8').split(
        /^(?=## )/m,
      );
      // Without the entry for a version to come.
      const from = entries.findIndex((one) => one.startsWith(`## [${version}]`));
      const changelog = [title, ...entries.slice(from)].join('');
      commit = save('CHANGELOG.md', withDate(changelog, version, '2026-12-01'));
      clone.git('tag', tag);
      tampered = save('dist/index.js', '// not what was built\n');
      clone.git('reset', '--hard', '--quiet', tag);
    });
    afterAll(() => clone.remove());

    const release = (env: Record<string, string>, jobs = JOBS as readonly Name[], name = tag) => {
      clone.git('clean', '-dffqx', '--exclude=node_modules');
      return runRelease(ROOT, clone, name, env, jobs);
    };

    test('a rehearsal goes by no setting of whoever rehearses', () => {
      const home = mkdtempSync(join(tmpdir(), 'release-home-'));
      const hook = join(home, 'pre-commit');
      writeFileSync(hook, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
      const core = `[core]\n\thooksPath = ${home}\n\tautocrlf = true\n`;
      writeFileSync(
        join(home, 'git.config'),
        `${core}[commit]\n\tgpgSign = true\n[tag]\n\tgpgSign = true\n[gpg]\n\tprogram = false\n`,
      );
      const theirs = cloneOf(ROOT, { ...process.env, GIT_CONFIG_GLOBAL: join(home, 'git.config') });
      try {
        theirs.git('commit', '--allow-empty', '--quiet', '--message', 'Release');
        theirs.git('tag', 'v0.0.0');
        expect(theirs.git('log', '-1', '--format=%an %s')).toBe('Release Release');
        expect(readFileSync(join(theirs.path, 'action.yml'), 'utf8')).toBe(read('action.yml'));
      } finally {
        theirs.remove();
        rmSync(home, { recursive: true });
      }
    });

    test('checks a tag, attests all that runners download, drafts the release and moves the major tag', () => {
      const { check, draft, move } = release({});
      expect([check?.failure, draft?.failure, move?.failure]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      const files = execFileSync('tar', ['t'], {
        input: execFileSync('git', ['archive', tag], { cwd: clone.path, maxBuffer: 1e8 }),
        encoding: 'utf8',
      });
      const downloaded = files.split('\n').filter((path) => path !== '' && !path.endsWith('/'));
      expect([...subjectsOf(clone).keys()].toSorted()).toEqual(
        [
          ...downloaded,
          `connect-card-link-${tag}.tar.gz`,
          `connect-card-link-${tag}.zip`,
          'sbom.cdx.json',
        ].toSorted(),
      );
      expect(downloaded).toEqual(expect.arrayContaining(['action.yml', 'dist/index.js']));
      const drafted = draft?.gh.at(-1);
      expect(drafted).toContain(`release create ${tag} release/connect-card-link-${tag}.tar.gz`);
      expect(drafted).toContain('--draft --verify-tag');
      expect(drafted).not.toContain('--prerelease');
      expect(draft?.notes.trim()).toBe(releaseNotes(tag, read('CHANGELOG.md'), commit).trim());
      expect(move?.gh.at(-1)).toContain(
        `refs/tags/v1 --field force=true --raw-field sha=${commit}`,
      );
    });

    test('refuses an archive that has other files than the commit', () => {
      const { draft, move } = release({ GH_COMMIT: tampered }, ['draft', 'move']);
      expect(draft?.failure).toContain('dist/index.js');
      expect(draft?.gh.join()).not.toContain('release create');
      expect(move).toBeUndefined();
    });

    test('refuses a tag that is not the version', () => {
      const { check, draft } = release({}, JOBS, 'v9.9.9');
      expect(check?.failure).toContain(`The tag is v9.9.9, but package.json says ${version}.`);
      expect(draft).toBeUndefined();
    });

    /** What GitHub lists: released, or as these flags have it. */
    const releases = (...list: Array<[name: string, flags?: object]>) => ({
      GH_RELEASES: JSON.stringify(
        list.map(([tag_name, flags]) => ({ tag_name, draft: false, prerelease: false, ...flags })),
      ),
    });
    const refs = (...names: string[]) => ({
      GH_REFS: JSON.stringify(names.map((name) => ({ ref: `refs/tags/${name}` }))),
    });

    test('updates the draft of a run before', () => {
      const list = releases(['v0.9.0'], [tag, { draft: true }]);
      const { draft } = release(list, ['draft']);
      expect(draft?.gh.at(-1)).toMatch(/^release upload .*--clobber$/);
    });

    test('leaves a release as it is once it has been published', () => {
      const { draft } = release(releases([tag]), ['draft']);
      expect(draft?.failure).toContain(`${tag} is published already.`);
      expect(draft?.gh.join('\n')).not.toMatch(/^release (upload|create)/m);
    });

    test.each([
      ['whose commit was not attested', 'index.js'],
      ['that has a file which was not attested', 'archive'],
    ])('moves nothing to a release %s', (_, name) => {
      const { move } = release({ GH_UNATTESTED: name }, ['move']);
      expect(move?.failure).toBeDefined();
      expect(move?.gh.at(-1)).toMatch(/^attestation verify/);
    });

    test('verifies that this workflow has attested the commit for this tag', () => {
      const { move } = release({}, ['move']);
      const verified = move?.gh.filter((line) => line.startsWith('attestation verify')) ?? [];
      expect(verified).toHaveLength(2);
      for (const line of verified) {
        expect(line).toContain(`--source-digest ${commit} --source-ref refs/tags/${tag}`);
        expect(line).toContain('--signer-workflow owner/repository/.github/workflows/release.yml');
      }
    });

    test.each([
      ['the major tag is created', releases([tag]), refs('v1.0.0', 'v10'), 'ref=refs/tags/v1 '],
      ['an older minor version stays behind', releases([tag], ['v0.9.0']), refs('v1'), 'PATCH'],
      ['it counts though the list lacks it', releases(['v1.0.0-rc.1']), refs('v1'), 'PATCH'],
      ['a newer major version has its own tag', releases(['v10.0.0'], [tag]), refs('v1'), 'PATCH'],
      ['a newer tag without a release plays no part', releases(), refs('v1', 'v1.1.0'), 'PATCH'],
      [
        'a newer draft and a newer prerelease play no part',
        releases(['v1.9.0', { draft: true }], ['v1.8.0', { prerelease: true }], [tag]),
        refs('v1'),
        'PATCH',
      ],
      [
        'a newer release keeps the major tag',
        releases([tag], ['v1.10.0'], ['v1.9.0']),
        refs('v1'),
        '/releases ',
      ],
    ])('%s', (_, list, tags, last) => {
      const { move } = release({ ...list, ...tags }, ['move']);
      expect(move?.failure).toBeUndefined();
      expect(move?.gh.at(-1)).toContain(last);
    });

    test('v1.10.0 is newer than v1.9.0', () => {
      const list = { ...releases(['v1.9.0'], ['v1.10.0']), ...refs('v1') };
      const { move } = release(list, ['move'], 'v1.10.0');
      expect(move?.gh.at(-1)).toContain('--method PATCH');
    });

    test('drafts a version with a suffix as a prerelease', () => {
      const { draft } = release({}, ['draft'], 'v1.1.0-rc.1');
      expect(draft?.gh.at(-1)).toContain('--draft --verify-tag --title v1.1.0-rc.1');
      expect(draft?.gh.at(-1)).toContain('--prerelease');
    });

    test('says how to move the tag by hand where GitHub refuses it', () => {
      const { move } = release({ GH_MOVES: '1' }, ['move']);
      expect(move?.failure).toContain(`git push --force origin ${commit}:refs/tags/v1`);
    });
  },
);

test('a job that may write runs nothing that npm installs', () => {
  const jobs = Object.values(jobsOf(ROOT, 'release.yml'));
  const writing = jobs.filter(({ permissions }) => Object.values(permissions).includes('write'));
  expect(writing).toHaveLength(2);
  for (const { steps } of writing) {
    for (const { run = '' } of steps) expect(run).not.toMatch(/\b(npm|npx|node)\b|\.ci\/run/);
  }
});

test('a release requires the answers of the registry', () => {
  const [first] = Object.values(jobsOf(ROOT, 'release.yml'));
  const checks = first?.steps.find(({ run }) => run === 'bash .ci/run');
  expect(checks?.env).toEqual({ AUDIT_REQUIRED: 'true' });
});

describe('the changelog', () => {
  const entry = (name: string, date: string, text = '- Something.') =>
    `## [${name}] - ${date}\n\n${text}\n`;
  const problems = (...entries: string[]) => changelogProblems(sectionsOf(entries.join('\n')));

  test('is in order, and has no version between the next one and that in package.json', () => {
    const sections = sectionsOf(read('CHANGELOG.md'));
    expect(changelogProblems(sections)).toEqual([]);
    const [newest, before] = sections;
    const isNext = newest?.date === UNRELEASED && newest.version !== version;
    expect((isNext ? before : newest)?.version).toBe(version);
  });

  test.each([
    [[entry('1.0.0', '2026-12-01')], []],
    [[entry('1.1.0', 'Unreleased'), entry('1.0.0', '2026-12-01')], []],
    [[entry('1.10.0', '2026-12-02'), entry('1.9.0', '2026-12-01')], []],
    [[entry('1.0.0', '2026-12-02'), entry('1.0.0-rc.1', '2026-12-01')], []],
    [[entry('1.0.0', '2026-02-30')], ['1.0.0 has no date like 2026-12-01']],
    [[entry('1.1.0', '2026-12-01'), entry('1.0.0', 'Unreleased')], ['1.0.0 has no date']],
    [[entry('1.0.0', '2026-12-01', '')], ['1.0.0 has no entry']],
    [['## Next\n\n- Something.\n'], ['"Next" isn\'t a version']],
    [
      [entry('1.0.0', '2026-12-01'), entry('1.1.0', '2026-11-01')],
      ["1.0.0 isn't newer than 1.1.0"],
    ],
    [[entry('1.0.1', '2026-11-01'), entry('1.0.0', '2026-12-01')], ['1.0.1 has an earlier date']],
    [[entry('2.0.0', '2026-11-01'), entry('1.2.4', '2026-12-01')], []],
  ])('of %j has these problems: %j', (entries, expected) => {
    const found = problems(...entries);
    for (const problem of expected) expect(found.join('\n')).toContain(problem);
    if (expected.length === 0) expect(found).toEqual([]);
  });

  test('gets its date, but only for its newest version', () => {
    const text = entry('1.1.0', 'Unreleased') + entry('1.0.0', '2026-12-01');
    expect(sectionsOf(withDate(text, '1.1.0', '2026-12-24'))[0]?.date).toBe('2026-12-24');
    expect(() => withDate(text, '1.0.0', '2026-12-24')).toThrow('is 1.1.0, not 1.0.0');
  });
});

test('a tag has to be the version everywhere', () => {
  const found = releaseProblems('v9.9.9', ROOT).join('\n');
  const files = [
    'package.json',
    'package-lock.json',
    'version.ts',
    'sbom.cdx.json',
    'CHANGELOG.md',
  ];
  for (const file of files) expect(found).toContain(file);
  expect(releaseProblems(version, ROOT).join()).toContain("isn't a version like v1.2.3");
});

test('the notes have links that work outside of the repository', () => {
  const changelog =
    '## [1.0.0] - 2026-12-01\n\n[a](docs/errors.md#x) [b](https://example.com) [c](#d)\n';
  const notes = releaseNotes('v1.0.0', changelog, 'abc');
  expect(notes).toContain(
    '(https://github.com/connect-card-link/connect-card-link/blob/v1.0.0/docs/errors.md#x)',
  );
  // An attestation by another workflow, or for another tag, would otherwise do.
  expect(notes).toContain('--source-digest abc');
  expect(notes).toContain('--source-ref refs/tags/v1.0.0');
  expect(notes).toContain(
    '--signer-workflow connect-card-link/connect-card-link/.github/workflows/release.yml',
  );
  expect(notes).toContain('[b](https://example.com) [c](#d)');
  expect(() => releaseNotes('v2.0.0', changelog, 'abc')).toThrow('no section for v2.0.0');
});
