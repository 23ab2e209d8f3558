// this is what a program does that stops reading before the other side has closed
import { runClient, UsageError } from "@lessons/program.ts";

const options = { port: 8001, words: "MESSAGE..." };

await runClient(options, async ({ address, words }) => {
  if (words.length === 0) throw new UsageError("there is no message to send");

  using conn = await Deno.connect(address);
  await conn.write(new TextEncoder().encode(words.join(" ")));

  const buffer = new Uint8Array(1024);
  const count = await conn.read(buffer);
  if (count === null) throw new Error("the server closed without answering");
  console.log(new TextDecoder().decode(buffer.subarray(0, count)));
});
