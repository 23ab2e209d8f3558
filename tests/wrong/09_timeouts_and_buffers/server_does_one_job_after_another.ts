// this is what a program does that does one job after the other
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { doJob, openServer } from "./jobs.ts";

await openServer(async (conn) => {
  for await (const line of readLines(conn, 65_536)) {
    if (line === "ping") await writeLine(conn, "pong");
    else await doJob(conn, line);
  }
});
