/**
 * Lesson 02, solution, client: find the peer, then talk with it.
 *
 *   deno run --allow-net=127.0.0.1 solutions/02_conversation/client.ts
 */
import { runClient, typedLines } from "@lessons/program.ts";
import { chat } from "./chat.ts";

await runClient({ port: 8002 }, async ({ address }) => {
  using conn = await Deno.connect(address);

  await chat(conn, typedLines(""));
});
