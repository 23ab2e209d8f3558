/**
 * Lesson 12, solution, client: a command of the course selection, or a menu. A wish is asked for until there is a reply.
 *
 *   deno run --allow-net=127.0.0.1 solutions/12_capstone/client.ts courses
 */
import { formatAddress, runClient } from "@lessons/program.ts";
import { pauses } from "@lessons/09_timeouts_and_buffers/pauses.ts";
import { isLost } from "@lessons/12_capstone/link.ts";
import {
  clientOptions,
  type Errand,
  runCommands,
} from "@lessons/12_capstone/run_client.ts";

await runClient({ port: 8012, ...clientOptions }, async (context) => {
  await runCommands(
    context,
    (errand) => askSurely(errand, formatAddress(context.address)),
  );
});

/** Sends a wish until there is a reply: its id makes sure that it is fulfilled once. */
async function askSurely(
  { connect, request, tries }: Errand,
  server: string,
): Promise<unknown> {
  const between = pauses({ first: 100, most: 1_000, jitter: 0.5 });
  for (let number = 1; number <= tries; number++) {
    if (number > 1) await delay(between.next().value);
    try {
      using link = await connect();
      return await link.ask(request);
    } catch (error) {
      if (!isLost(error)) throw error; // a reply, and a refusal is one
    }
  }
  throw new Error(`no reply from ${server} after ${tries} tries`);
}

async function delay(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
