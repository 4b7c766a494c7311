/** CHANGELOG.md as Keep a Changelog has it: versions, newest first, each with its date. */

/** One version's section. */
export interface Section {
  version: string;
  /** `YYYY-MM-DD`, or `Unreleased`. */
  date: string;
  /** What stands below its heading. */
  text: string;
}

export const UNRELEASED = 'Unreleased';

/** The sections of a changelog, in its order. */
export function sectionsOf(changelog: string): Section[] {
  const [, ...parts] = changelog.split(/^## /m);
  return parts.map((part) => {
    const [heading = '', ...lines] = part.split('\n');
    const [, version = heading, date = ''] = /^\[(.+?)\] - (.*)$/.exec(heading) ?? [];
    return { version, date, text: lines.join('\n').trim() };
  });
}

/** What is wrong with the sections' headings; a version in progress may have no date yet. */
export function changelogProblems(sections: Section[]): string[] {
  const problems = sections.flatMap(({ version, date, text }, index) => [
    ...(/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) ? [] : [`"${version}" isn't a version`]),
    ...(isDate(date) || (index === 0 && date === UNRELEASED)
      ? []
      : [`${version} has no date like 2026-12-01`]),
    ...(text === '' ? [`${version} has no entry`] : []),
  ]);
  const order = sections.flatMap(({ version, date }, index) => {
    const before = sections[index + 1];
    if (before === undefined) return [];
    // A fix of an older version comes after the first of a newer one: 1.2.4 after 2.0.0.
    const same = minorOf(version) === minorOf(before.version);
    const late = same && date !== UNRELEASED && date < before.date;
    return [
      ...(compare(version, before.version) > 0
        ? []
        : [`${version} isn't newer than ${before.version}`]),
      ...(late ? [`${version} has an earlier date than ${before.version}`] : []),
    ];
  });
  return [...problems, ...order].map((problem) => `CHANGELOG.md: ${problem}.`);
}

/**
 * The changelog with this date for its newest version.
 * @throws Error where the newest version isn't this one
 */
export function withDate(changelog: string, version: string, date: string): string {
  const newest = sectionsOf(changelog)[0];
  if (newest?.version !== version) {
    throw new Error(`The newest version in CHANGELOG.md is ${newest?.version}, not ${version}.`);
  }
  return changelog.replace(`## [${version}] - ${newest.date}`, `## [${version}] - ${date}`);
}

/** `1.2` of `1.2.3`. */
function minorOf(version: string): string {
  return version.split('.', 2).join('.');
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

/** By number; a version with a suffix, such as -rc.1, comes before the one without. */
function compare(a: string, b: string): number {
  const numeric = (x: string, y: string) => x.localeCompare(y, 'en', { numeric: true });
  const [left = '', leftSuffix] = a.split(/-(.*)/);
  const [right = '', rightSuffix] = b.split(/-(.*)/);
  if (left !== right) return numeric(left, right);
  if (leftSuffix === undefined || rightSuffix === undefined) {
    return Number(leftSuffix === undefined) - Number(rightSuffix === undefined);
  }
  return numeric(leftSuffix, rightSuffix);
}
