// this is what a program does that waits for its answer without end
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { openClient } from "./jobs.ts";

let conn: Deno.Conn | undefined;
let answers: AsyncGenerator<string> | undefined;

await openClient(async (request, id, { address }) => {
  conn ??= await Deno.connect(address);
  answers ??= readLines(conn);
  await writeLine(conn, request);
  while (true) {
    const { value: line, done } = await answers.next();
    if (done) throw new Error("the server has closed the connection");
    if (line.startsWith(`${id} `)) return line.slice(id.length + 1);
  }
});
