// this is what a program does that goes on waiting for the keyboard when its peer has left
import { runServer } from "@lessons/program.ts";
import { printHeard, sendTyped } from "./talk.ts";

await runServer({ port: 8002 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);
  using conn = await listener.accept();
  say.connected(conn);
  printHeard(conn);
  await sendTyped(conn);
});
