/**
 * A program that has done all that it can do for now.
 *
 * @module
 */
import type { ProgramActor } from "./actors.ts";
import { Failure } from "./failure.ts";

/** A program has done all that it can do for now, and has not ended. @param until What it should wait for: `until the server closes`. */
export async function stays(
  { label, program, scene }: ProgramActor,
  until: string,
): Promise<void> {
  await scene.step(`${label} waits ${until}`, async () => {
    await program.settles();
    const { exit } = program;
    if (exit === undefined) return;
    throw new Failure(
      `${label} ended with exit code ${exit.code}; it was expected to wait ${until}`,
    );
  });
}

/** A program has read what was sent to it, and done what it does about that. It may have ended: the steps that follow judge it. */
export async function rests(
  { label, program, scene }: ProgramActor,
): Promise<void> {
  await scene.step(
    `${label} has done all that it can do for now`,
    () => program.settles(),
  );
}
