// this is what a program does that ends at a Ctrl-C, whatever it has promised
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { doJob, openServer } from "./jobs.ts";

await openServer(async (conn) => {
  const jobs: Promise<void>[] = [];
  for await (const line of readLines(conn, 65_536)) {
    if (line === "ping") await writeLine(conn, "pong");
    else jobs.push(doJob(conn, line));
  }
  await Promise.all(jobs);
});
