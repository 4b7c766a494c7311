/**
 * Works through items in order, several at a time.
 * @param concurrency how many are in progress at most
 * @param stopped asked before each item: once true, no further one is begun
 * @throws whatever `work` threw first, after what was in progress has ended; nothing is begun then
 */
export async function inParallel<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T, index: number) => Promise<void>,
  { stopped }: { stopped(): boolean },
): Promise<void> {
  const queue = items.entries();
  const thrown: unknown[] = [];
  const worker = async () => {
    // The workers share one iterator, so that each item goes to one of them.
    while (thrown.length === 0 && !stopped()) {
      const { value, done } = queue.next();
      if (done) return;
      const [index, item] = value;
      await work(item, index).catch((error) => thrown.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  if (thrown.length > 0) throw thrown[0];
}
