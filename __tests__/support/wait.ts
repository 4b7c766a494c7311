import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until a condition is met; throws after ten seconds. */
export async function until(isMet: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await isMet())) {
    if (Date.now() > end) throw new Error(`Not met within 10 s: ${isMet}`);
    await sleep(5);
  }
}
