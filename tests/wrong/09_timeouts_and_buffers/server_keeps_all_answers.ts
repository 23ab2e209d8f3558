// this is what a program does that keeps all the answers that its client does not take
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { delay, jobOf, openServer } from "./jobs.ts";

await openServer(async (conn) => {
  let written = Promise.resolve();
  const send = (line: string) => {
    written = written.then(() => writeLine(conn, line)).catch(() => {});
  };
  for await (const line of readLines(conn, 65_536)) {
    if (line === "ping") send("pong");
    else {
      const { ms, answer } = jobOf(line);
      delay(ms).then(() => send(answer)); // done, and off the list: whether anybody takes it or not
    }
  }
});
