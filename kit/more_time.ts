/**
 * What a busy machine cannot prove at once.
 *
 * @module
 */
import { Failure } from "./failure.ts";
import type { Script } from "./script.ts";

/** What is done where the machine did not keep up. */
export interface MoreTime {
  /** How long the program is told to wait, or waits by itself, in milliseconds: each time that it is tried, the first one first. */
  readonly times: readonly number[];
  /** How many of these times the machine may lose for a verdict to count all the same; half of one unless told otherwise. */
  readonly slack?: number;
  /** Whether a program that passes has proved what it should although the machine was late: it is only the failures that count for nothing. */
  readonly isPassSure?: boolean;
}

/**
 * Does something in which a program waits for a time. On a busy machine a
 * program that does not wait is late all the same, and one that waits as it
 * should may have its time run out before it can read what has come. So where
 * the machine did not keep up it is done again from the start with more time,
 * for which the machine would have to be later still. The last time counts in
 * any case. What is done again takes nothing of the exercise's time.
 *
 * @param act What is done; it throws where the program fails. What it starts is ended before it is done again.
 */
export async function withMoreTime(
  script: Pick<Script, "patience" | "programs" | "actors">,
  { times, slack = 0.5, isPassSure = false }: MoreTime,
  act: (ms: number) => Promise<void>,
): Promise<void> {
  const { patience, programs, actors } = script;
  for (const [i, ms] of times.entries()) {
    const before = { programs: programs.length, actors: actors.length };
    using _ = i > 0 ? patience.repeat() : undefined;
    await patience.look();
    const { lost } = patience;
    let failure: Failure | undefined;
    try {
      await act(ms);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failure = error;
    }
    await patience.look();
    const hasKeptUp = patience.lost - lost < slack * ms;
    if (hasKeptUp || i === times.length - 1 || (isPassSure && !failure)) {
      if (failure) throw failure;
      return;
    }
    for (const program of programs.slice(before.programs)) await program.end();
    actors.length = before.actors; // nobody asks what was left over
  }
}
