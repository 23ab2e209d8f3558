/**
 * What a program has printed, where other lines may stand between: a server's
 * log is its own affair.
 *
 * @module
 */
import type { ProgramActor } from "./actors.ts";
import { quoteLine } from "./bytes.ts";
import { like, line, type WantedLine } from "./expectations/line.ts";
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
      const last = others.slice(-MOST_SHOWN).map((line) => quoteLine(line))
        .join(", ");
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

/** A server prints a connected line; other lines may stand before it. @returns The client's address in it. */
export async function logsConnectedFrom(server: ProgramActor): Promise<string> {
  const form = /^connected 127\.0\.0\.1:\d+$/;
  const said = await logs(server, like('"connected 127.0.0.1:<port>"', form));
  return said.slice("connected ".length);
}

/**
 * Of the lines that begin in one way, a program that has ended has printed
 * these and no others, in this order. Its ready line and its connected lines do
 * not count.
 *
 * @param start How they begin; "" for all lines.
 */
export async function hasPrinted(
  program: ProgramActor,
  start: string,
  ...lines: string[]
): Promise<void> {
  const list = (lines: readonly string[]) =>
    lines.map((line) => quoteLine(line)).join(", ") || "nothing";
  const kind = start && ` that begins with ${quoteLine(start)}`;
  const wanted = `${list(lines)}, and no other line${kind}`;
  const { label } = program;
  await program.scene.step(`${label} has printed ${wanted}`, () => {
    const found = program.program.stdout.split(/\r?\n/).filter((line) =>
      line.startsWith(start) && line !== "" &&
      !/^(listening on|connected) [\d.]+:\d+$/.test(line)
    );
    if (list(found) === list(lines)) return;
    throw new Failure(
      `${label} printed ${list(found)}; it was expected to print ${wanted}`,
    );
  });
}
