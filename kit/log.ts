/**
 * What a server logs: lines that a check waits for, among others that are the
 * server's own affair.
 *
 * @module
 */
import type { ProgramActor } from "./actors.ts";
import { quoteLine } from "./bytes.ts";
import { line, type WantedLine } from "./expectations/line.ts";
import { Failure } from "./failure.ts";

/** How many of the last lines a verdict shows where the wanted one is not among them. */
const MOST_SHOWN = 3;

/**
 * A server prints this line, or one that meets this expectation; other lines
 * may stand before it.
 *
 * @returns The line.
 */
export async function logs(
  server: ProgramActor,
  wanted: string | WantedLine,
): Promise<string> {
  const { says, isRight } = typeof wanted === "string" ? line(wanted) : wanted;
  return await server.scene.step(`${server.label} prints ${says}`, async () => {
    const others: string[] = [];
    try {
      while (true) {
        const printed = await server.program.line(says);
        if (isRight(printed)) return printed;
        others.push(printed);
      }
    } catch (error) {
      if (!(error instanceof Failure) || others.length === 0) throw error;
      const last = others.slice(-MOST_SHOWN).map(quoteLine).join(", ");
      throw new Failure(`${error.message}; it printed ${last}`, error.seen);
    }
  });
}

/** A server prints the connected line of this client; other lines may stand before it. */
export async function logsConnected(
  server: ProgramActor,
  client: { readonly address: string },
): Promise<void> {
  await logs(server, `connected ${client.address}`);
}

/**
 * Of the lines of one form, a server that has ended has printed these and no
 * others, in this order.
 *
 * @param form What they have in common.
 */
export async function hasLogged(
  server: ProgramActor,
  form: RegExp,
  ...lines: string[]
): Promise<void> {
  const wanted = lines.map(quoteLine).join(", ");
  await server.scene.step(
    `${server.label} has printed ${wanted}, and nothing more like it`,
    () => {
      const found = server.program.stdout.split(/\r?\n/)
        .filter((line) => form.test(line)).map(quoteLine).join(", ");
      if (found === wanted) return;
      throw new Failure(
        `${server.label} printed ${
          found || "nothing like it"
        }; it was expected to print ${wanted}`,
      );
    },
  );
}
