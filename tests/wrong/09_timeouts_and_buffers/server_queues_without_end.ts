// this is what a program does that reads on and keeps what it cannot do yet, without end
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { doJob, openServer } from "./jobs.ts";

await openServer(async (conn, limits) => {
  const queue: string[] = [];
  let running = 0;
  const work = async () => {
    running++;
    for (let line; (line = queue.shift()) !== undefined;) {
      await doJob(conn, line);
    }
    running--;
  };
  for await (const line of readLines(conn, 65_536)) {
    if (line === "ping") await writeLine(conn, "pong");
    else {
      queue.push(line);
      if (running < limits.jobs) work().catch(() => {});
    }
  }
});
