// this is what a program does that waits no longer for a read, and lets it go on: it takes the next bytes, and nobody gets them
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { delay, openClient } from "./jobs.ts";

let conn: Deno.Conn | undefined;

await openClient(async (request, id, { address, timeout }) => {
  conn ??= await Deno.connect(address);
  await writeLine(conn, request);
  const late = delay(timeout).then(() => undefined);
  while (true) {
    const buffer = new Uint8Array(4096);
    const count = await Promise.race([conn.read(buffer), late]);
    if (count === undefined) return { how: `within ${timeout} ms` };
    if (count === null) throw new Error("the server has closed the connection");
    const text = new TextDecoder().decode(buffer.subarray(0, count));
    const answer = text.split("\n").find((line) => line.startsWith(`${id} `));
    if (answer !== undefined) return answer.slice(id.length + 1);
  }
});
