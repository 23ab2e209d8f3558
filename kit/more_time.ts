/**
 * What a busy machine cannot prove at once.
 *
 * @module
 */
import type { Script } from "./script.ts";

/**
 * Does something in which a program must wait for as long as it is told to. On
 * a busy machine one that does not wait is late all the same. So where the
 * machine did not keep up it is done again with more time, for which the
 * machine would have to be later still. The last time counts in any case.
 *
 * @param times How long the program is told to wait, in milliseconds, the shortest first.
 * @param act What is done; it throws where the program fails. It gives what must be done before the program is started anew.
 */
export async function withMoreTime(
  { patience }: Script,
  times: readonly number[],
  act: (ms: number) => Promise<() => Promise<void>>,
): Promise<void> {
  for (const [i, ms] of times.entries()) {
    await patience.look();
    const { lost } = patience;
    const part = await act(ms);
    await patience.look();
    if (patience.lost - lost < ms / 2 || i === times.length - 1) return;
    await part();
  }
}
