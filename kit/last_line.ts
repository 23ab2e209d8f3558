/**
 * A last line that is typed without Enter.
 *
 * @module
 */
import type { ProgramActor } from "./actors.ts";
import { quoteLine } from "./bytes.ts";

/** Somebody types a line without its line feed, and the input ends. */
export async function hearsLast(
  actor: ProgramActor,
  line: string,
): Promise<void> {
  await actor.scene.step(
    `somebody types ${
      quoteLine(line)
    } to ${actor.label} without a line feed, and its input ends`,
    async () => {
      await actor.isOffered(actor.program.type(line));
      await actor.isOffered(actor.program.endInput());
    },
  );
}
