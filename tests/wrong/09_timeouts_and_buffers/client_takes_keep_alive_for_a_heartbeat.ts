// this is what a program does that asks nothing while it waits: the system's keep-alive is no heartbeat
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { openClient } from "./jobs.ts";

await openClient(async (request, id, { address, heartbeat }) => {
  using conn = await Deno.connect(address);
  if (heartbeat > 0) conn.setKeepAlive(true); // the first probe goes out in two hours
  await writeLine(conn, request);
  for await (const line of readLines(conn)) {
    if (line.startsWith(`${id} `)) return line.slice(id.length + 1);
  }
  return { how: "after 1 try" };
});
