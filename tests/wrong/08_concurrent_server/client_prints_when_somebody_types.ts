// this is what a program does that looks for what has come only when somebody has typed
import { runClient, typedLines } from "@lessons/program.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";

await runClient({ port: 8008, words: "NAME" }, async ({ address, words }) => {
  using conn = await Deno.connect(address);
  const lines = readLines(conn);
  const print = async () => console.log((await lines.next()).value);
  await print();
  await writeLine(conn, words.join(" "));
  await print();
  for await (const line of typedLines()) {
    await writeLine(conn, line);
    await print();
  }
});
