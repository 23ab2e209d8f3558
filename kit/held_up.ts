/**
 * A program that is held up for a moment, as a busy machine does it.
 *
 * @module
 */
import type { ProgramActor } from "./actors.ts";

/**
 * Does something while a program stands still, so that it finds the outcome
 * and sees nothing on the way. On Windows it may see something.
 */
export async function whileHeldUp(
  { label, program, scene }: ProgramActor,
  act: () => Promise<void>,
): Promise<void> {
  if (Deno.build.os === "windows") return await act(); // there is no SIGSTOP
  await scene.step(
    `${label} is held up (SIGSTOP)`,
    () => program.signal("SIGSTOP"),
  );
  await act();
  await scene.step(
    `${label} goes on (SIGCONT)`,
    () => program.signal("SIGCONT"),
  );
}
