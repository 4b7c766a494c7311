import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Runs test files in the order in which they were chosen. */
export default class ChosenOrder {
  /** Called by jest: https://jestjs.io/docs/configuration#testsequencer-string */
  sort(tests: { path: string }[]): { path: string }[] {
    const chosen = readFileSync(join(process.env.MUTATE_STATE ?? '', 'chosen.json'), 'utf8');
    const order = Object.keys(JSON.parse(chosen));
    const place = ({ path }: { path: string }) => order.indexOf(relative(process.cwd(), path));
    return [...tests].sort((a, b) => place(a) - place(b));
  }

  /** jest calls it in the end; times are kept elsewhere. */
  cacheResults(): void {}
}
