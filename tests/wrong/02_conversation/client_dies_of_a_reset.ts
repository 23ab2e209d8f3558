// this is what a program does that lets a reset end it as an error
import { runClient } from "@lessons/program.ts";
import { printHeard, sendTyped } from "./talk.ts";

await runClient({ port: 8002 }, async ({ address }) => {
  using conn = await Deno.connect(address);
  const printed = printHeard(conn, (buffer) => conn.read(buffer));
  await Promise.race([sendTyped(conn), printed]);
});
