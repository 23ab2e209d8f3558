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
  await scene.step(`${label} is held up (SIGSTOP)`, async () => {
    program.signal("SIGSTOP");
    await program.settles(); // on a busy machine it stands still only after a while, and sees what comes until then
  });
  await act();
  await allIsThere();
  await scene.step(
    `${label} goes on (SIGCONT)`,
    () => program.signal("SIGCONT"),
  );
}

/**
 * Settles when what was sent before is there. What goes over loopback stands in
 * a queue of the system, and on a busy machine for a while; a connection that
 * is made behind it comes through behind it.
 */
async function allIsThere(): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = listener.accept();
  const { port } = listener.addr;
  using client = await Deno.connect({ hostname: "127.0.0.1", port });
  using server = await accepted;
  await client.write(new Uint8Array(1));
  await server.read(new Uint8Array(1));
}
