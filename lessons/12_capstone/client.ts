/**
 * Lesson 12, client: a command of the course selection, or a menu.
 *
 *   deno run --allow-net=127.0.0.1 lessons/12_capstone/client.ts courses
 */
import { runClient } from "@lessons/program.ts";
import { clientOptions, runCommands } from "./run_client.ts";

await runClient({ port: 8012, ...clientOptions }, async (context) => {
  await runCommands(context, async ({ connect, request }) => {
    using link = await connect();
    return await link.ask(request); // once: what if it is lost?
  });
});
