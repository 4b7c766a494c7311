import { setTimeout as sleep } from 'node:timers/promises';

/** How long at most, in milliseconds: where many want the processor, a process may take many seconds to start. */
const PATIENCE_MS = 40_000;

/** Waits until a condition is met; throws when that takes too long. */
export async function until(isMet: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isMet())) {
    if (Date.now() > end) throw new Error(`Not met within ${PATIENCE_MS / 1000} s: ${isMet}`);
    await sleep(5);
  }
}
