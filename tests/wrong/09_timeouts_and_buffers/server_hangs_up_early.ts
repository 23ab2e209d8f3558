// this is what a program does that hangs up when its client has said all, though jobs still run
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { doJob, openServer } from "./jobs.ts";

await openServer(async (conn) => {
  for await (const line of readLines(conn, 65_536)) {
    if (line === "ping") await writeLine(conn, "pong");
    else doJob(conn, line).catch(() => {});
  }
});
