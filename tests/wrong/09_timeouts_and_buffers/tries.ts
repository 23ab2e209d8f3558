/**
 * What the clients share that try again wrongly.
 *
 * @module
 */
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { delay, openClient } from "./jobs.ts";

/** Asks each line over a connection of its own, and again after pauses. @param pauses Their lengths, in milliseconds. @param most How often at most, where not as often as it was told. */
export async function openTryingClient(
  pauses: () => Iterator<number>,
  most?: number,
): Promise<void> {
  await openClient(async (request, id, { address, tries }) => {
    const pause = pauses();
    for (let count = 1; count <= (most ?? tries); count++) {
      try {
        using conn = await Deno.connect(address);
        await writeLine(conn, request);
        const { value } = await readLines(conn).next();
        if (value) return value.slice(id.length + 1);
      } catch (error) {
        if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
      }
      await delay(pause.next().value);
    }
    return { how: `after ${tries} tries` };
  });
}
