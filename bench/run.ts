import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from '../sandbox/command-line.ts';
import type { Bench, Report } from './bench.ts';
import { benchIssues } from './issues.ts';
import { benchLimit } from './limit.ts';
import { benchLinks } from './links.ts';

const HELP = `Measures time and memory of the action: docs/performance.md

  npm run bench                one link and many, beside other ways to create them
  npm run bench -- issues      onboarding by issue, and follow-up
  npm run bench -- limit       how soon one process has used up an account's hourly requests

  --write        writes the result into docs/performance.md, and the plot beside it
  --quick        fewer runs, for a first look
  --action DIR   another build of the action, to compare with
`;

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** What can be measured: how, where its result begins in docs/performance.md, and its image, if any. */
const BENCHES: Record<
  string,
  { run(bench: Bench): Promise<Report>; mark: string; image?: string } | undefined
> = {
  links: { run: benchLinks, mark: 'bench', image: 'performance.svg' },
  issues: { run: benchIssues, mark: 'bench issues', image: 'performance-issues.svg' },
  limit: { run: benchLimit, mark: 'bench limit' },
};

const options = {
  write: { type: 'boolean' },
  quick: { type: 'boolean', default: false },
  action: { type: 'string', default: ROOT },
} as const;
const { values, positionals } = readCommandLine({ allowPositionals: true, options }, HELP);
const bench = BENCHES[positionals[0] ?? 'links'];
if (!bench) {
  console.error(HELP);
  process.exit(2);
}
const temp = mkdtempSync(join(tmpdir(), 'connect-card-bench-'));
try {
  const { quick } = values;
  const report = await bench.run({ temp, action: resolve(values.action), quick });
  console.log(report.text);
  if (values.write) publish(report, bench.mark, bench.image);
} finally {
  rmSync(temp, { recursive: true });
}

function publish({ text, svg }: Report, mark: string, image?: string): void {
  const page = join(ROOT, 'docs/performance.md');
  const [begin, end] = [`<!-- ${mark} -->\n`, `<!-- /${mark} -->`];
  const [before, rest] = readFileSync(page, 'utf8').split(begin);
  const after = rest?.slice(rest.indexOf(end));
  if (!after?.startsWith(end)) throw new Error('docs/performance.md has no place for the result');
  writeFileSync(page, `${before}${begin}\n${text}\n\n${after}`);
  if (svg && image) writeFileSync(join(ROOT, 'docs', image), svg);
}
