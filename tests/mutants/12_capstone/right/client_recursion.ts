// a function that calls itself for the next try
import { formatAddress, runClient } from "@lessons/program.ts";
import { isLost } from "@lessons/12_capstone/link.ts";
import {
  clientOptions,
  type Errand,
  runCommands,
} from "@lessons/12_capstone/run_client.ts";

await runClient({ port: 8012, ...clientOptions }, async (context) => {
  const server = formatAddress(context.address);
  const attempt = async (errand: Errand, number: number): Promise<unknown> => {
    try {
      using link = await errand.connect();
      return await link.ask(errand.request);
    } catch (error) {
      if (!isLost(error)) throw error;
      if (number === errand.tries) {
        throw new Error(`no reply from ${server} after ${number} tries`);
      }
      await new Promise((resolve) =>
        setTimeout(resolve, Math.min(50 * number, 1000))
      );
      return await attempt(errand, number + 1);
    }
  };
  await runCommands(context, (errand) => attempt(errand, 1));
});
