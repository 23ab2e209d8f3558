// this is what a program does that waits for each answer before it sends the next line
import { runClient, typedLines } from "@lessons/program.ts";
import { LineReader } from "../../../solutions/05_sticky_packets/line_reader.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";

await runClient({ port: 8005 }, async ({ address }) => {
  using conn = await Deno.connect(address);
  const answers = new LineReader(conn, { maxLength: Infinity });
  for await (const line of typedLines()) {
    await writeLine(conn, line);
    console.log(await answers.readLine());
  }
  await conn.closeWrite();
});
