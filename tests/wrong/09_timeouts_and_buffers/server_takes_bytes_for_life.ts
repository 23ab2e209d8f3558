// this is what a program does that takes each byte for a sign of life
import { type Reader, readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { doJob, openServer } from "./jobs.ts";

await openServer(async (conn, { idle }) => {
  const letGo = async () => {
    await writeLine(conn, `error: idle for ${idle} ms`);
    conn.close();
  };
  const reader: Reader = {
    async read(buffer) {
      const timer = setTimeout(letGo, idle); // for each read, whatever comes of it
      try {
        return await conn.read(buffer);
      } finally {
        clearTimeout(timer);
      }
    },
  };
  for await (const line of readLines(reader, 65_536)) {
    if (line === "ping") await writeLine(conn, "pong");
    else await doJob(conn, line);
  }
});
