/**
 * Lesson 02, solution, server: wait for one peer, then talk with it.
 *
 *   deno run --allow-net=127.0.0.1 solutions/02_conversation/server.ts
 */
import { runServer, typedLines } from "@lessons/program.ts";
import { chat } from "./chat.ts";

await runServer({ port: 8002 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);

  using conn = await listener.accept();
  say.connected(conn);

  await chat(conn, typedLines(""));
});
