// this is what a program does that sends all its lines before it reads an answer
import { runClient, typedLines } from "@lessons/program.ts";
import { LineReader } from "../../../solutions/05_sticky_packets/line_reader.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";

await runClient({ port: 8005 }, async ({ address }) => {
  using conn = await Deno.connect(address);
  const answers = new LineReader(conn, { maxLength: Infinity });
  for await (const line of typedLines()) await writeLine(conn, line);
  await conn.closeWrite();
  while (true) {
    const line = await answers.readLine();
    if (line === null) return;
    console.log(line);
  }
});
