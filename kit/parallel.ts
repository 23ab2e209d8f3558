/**
 * Tasks that wait more than they work, side by side.
 *
 * @module
 */

/** Runs tasks, so many at a time. @returns What they give, in their order. */
export async function inParallel<T>(
  width: number,
  tasks: readonly (() => Promise<T>)[],
): Promise<T[]> {
  const results: T[] = [];
  const queue = [...tasks.entries()];
  const work = async () => {
    for (let next; (next = queue.shift());) {
      const [i, task] = next;
      results[i] = await task();
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return results;
}
