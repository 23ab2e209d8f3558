/**
 * Lesson 02, experiment: one program, two loops, and neither waits for the other.
 *
 *   deno run --allow-net=127.0.0.1 lessons/02_conversation/experiment_two_loops.ts
 */
import { typedLines } from "@lessons/program.ts";

using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const connecting = Deno.connect({ port: listener.addr.port });
using peer = await listener.accept();
using conn = await connecting;

const hearing = hear(); // not awaited: from here on it goes on by itself
const typing = type();

await peer.write(new TextEncoder().encode("good day"));
console.log(await Promise.race([hearing, typing])); // waits for the first one that ends

/** Waits for bytes, until the peer leaves. */
async function hear(): Promise<string> {
  const buffer = new Uint8Array(1024);
  while (true) {
    const count = await conn.read(buffer);
    if (count === null) return "the peer has left";
    console.log(`heard ${count} bytes`);
  }
}

/** Waits for lines, until one is `bye` or the input ends. */
async function type(): Promise<string> {
  for await (const line of typedLines("")) {
    if (line === "bye") break;
    console.log(`typed ${line}`);
  }
  return "the typing has ended";
}
