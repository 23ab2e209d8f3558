/**
 * Lesson 12, exercise "seats", client.
 *
 *   deno run --allow-net=127.0.0.1 answers/12_capstone/client.ts courses
 */
import { runClient } from "@lessons/program.ts";
import {
  clientOptions,
  type Errand,
  runCommands,
} from "@lessons/12_capstone/run_client.ts";

await runClient({ port: 8012, ...clientOptions }, async (context) => {
  await runCommands(context, askSurely);
});

/** Sends a wish until there is a reply. */
async function askSurely({ connect, request }: Errand): Promise<unknown> {
  // TODO: where the connection is lost (`isLost`), connect and send the same request again, after a pause, `tries` times in all.
  using link = await connect();
  await link.ask({ ...request, op: "ping" });
  throw new Error(`not yet: ${request.op}`);
}
