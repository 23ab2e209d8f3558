// this is what a program does that waits for the end of its input, though the server has closed
import { formatAddress, runClient, typedLines } from "@lessons/program.ts";
import { LineReader } from "../../../solutions/05_sticky_packets/line_reader.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";

await runClient({ port: 8005 }, async ({ address }) => {
  using conn = await Deno.connect(address);
  let open = 0;
  const send = async () => {
    for await (const line of typedLines()) {
      open++;
      await writeLine(conn, line);
    }
    await conn.closeWrite();
  };
  const print = async () => {
    const reader = new LineReader(conn);
    for (let line; (line = await reader.readLine()) !== null; open--) {
      console.log(line);
    }
  };
  await Promise.all([send(), print()]);
  if (open > 0) throw new Error(`${formatAddress(address)} has closed`);
});
