import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is so; fails after ten seconds, should it never be. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It never came about: ${isSo}`);
    await sleep(5);
  }
}
