/**
 * Lesson 06, client: send each line in a frame, and print the frame that comes back.
 *
 *   deno run --allow-net=127.0.0.1 lessons/06_struct_framing/client.ts
 */
import { formatAddress, runClient, typedLines } from "@lessons/program.ts";
import { FrameReader, writeFrame } from "./frame.ts";

await runClient({ port: 8006 }, async ({ address }) => {
  using conn = await Deno.connect(address);
  const frames = new FrameReader(conn);

  for await (const line of typedLines()) {
    await writeFrame(conn, new TextEncoder().encode(line));

    const payload = await frames.readFrame();
    if (payload === null) {
      throw new Error(`${formatAddress(address)} closed the connection`);
    }
    console.log(new TextDecoder().decode(payload));
  }
});
