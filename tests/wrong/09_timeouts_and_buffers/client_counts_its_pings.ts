// this is what a program does that counts its pings, and not those without an answer
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { openClient } from "./jobs.ts";

await openClient(async (request, id, { address, heartbeat }) => {
  using conn = await Deno.connect(address);
  await writeLine(conn, request);
  let pings = 0;
  const timer = setInterval(() => {
    if (pings++ === 3) conn.close();
    else if (pings < 4) writeLine(conn, "ping").catch(() => {});
  }, heartbeat);
  try {
    for await (const line of readLines(conn)) {
      if (line.startsWith(`${id} `)) return line.slice(id.length + 1);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.Interrupted)) throw error;
  } finally {
    clearInterval(timer);
  }
  return { how: "after 1 try" };
});
