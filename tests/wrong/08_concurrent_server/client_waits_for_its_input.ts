// this is what a program does that waits for the end of its input, though the server has closed
import { runClient, typedLines } from "@lessons/program.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";

await runClient({ port: 8008, words: "NAME" }, async ({ address, words }) => {
  using conn = await Deno.connect(address);
  const say = async () => {
    await writeLine(conn, words.join(" "));
    for await (const line of typedLines()) await writeLine(conn, line);
    await conn.closeWrite();
  };
  const print = async () => {
    for await (const line of readLines(conn)) console.log(line);
    console.error("the room has closed");
  };
  await Promise.all([say(), print()]);
});
