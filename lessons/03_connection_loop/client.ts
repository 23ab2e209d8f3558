/**
 * Lesson 03, client: send each line that is typed, print each answer, leave at `q`.
 *
 *   deno run --allow-net=127.0.0.1 lessons/03_connection_loop/client.ts
 */
import { formatAddress, runClient, typedLines } from "@lessons/program.ts";

await runClient({ port: 8003 }, async ({ address }) => {
  using conn = await Deno.connect(address);

  const buffer = new Uint8Array(1024);
  for await (const line of typedLines("> ")) {
    if (line === "q") break;
    if (line === "") {
      // TCP carries bytes, not messages. No bytes are nothing at all, and the server would wait for ever.
      if (Deno.stdin.isTerminal()) {
        console.error("an empty line cannot be sent");
      }
      continue;
    }

    await conn.write(new TextEncoder().encode(line)); // our turn
    const count = await conn.read(buffer); // the server's turn
    if (count === null) {
      throw new Error(`${formatAddress(address)} closed the connection`);
    }

    console.log(new TextDecoder().decode(buffer.subarray(0, count)));
  }
});
