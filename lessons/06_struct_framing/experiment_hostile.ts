/**
 * Lesson 06, experiment: clients that announce what nobody should believe. A server must be running.
 *
 *   deno run --allow-net=127.0.0.1 lessons/06_struct_framing/experiment_hostile.ts
 */
import { runClient } from "@lessons/program.ts";
import { FrameReader, writeFrame } from "./frame.ts";
import { pack } from "./struct.ts";

const encoder = new TextEncoder();

await runClient({ port: 8006 }, async ({ address }) => {
  const beginnings: [what: string, bytes: Uint8Array][] = [
    ["a length of -1", pack("<i", -1)],
    ["a length of 2 GiB", pack("<i", 2 ** 31 - 1)],
    ["a browser's request", encoder.encode("GET ")],
    ["half of a length", pack("<i", 5).subarray(0, 2)],
  ];
  for (const [what, bytes] of beginnings) {
    using conn = await Deno.connect(address);
    await conn.write(bytes);
    await conn.closeWrite();
    const end = await conn.read(new Uint8Array(1));
    console.log(`${what}: ${end === null ? "hung up on" : "answered"}`);
  }

  using conn = await Deno.connect(address);
  await writeFrame(conn, encoder.encode("still there?"));
  const payload = await new FrameReader(conn).readFrame();
  console.log(new TextDecoder().decode(payload ?? new Uint8Array()));
});
