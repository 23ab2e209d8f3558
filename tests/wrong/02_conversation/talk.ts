/**
 * The right halves of the programs here: one sends, one prints.
 *
 * @module
 */
import { typedLines } from "@lessons/program.ts";

/** Sends each typed line, up to a q. */
export async function sendTyped(conn: Deno.Conn): Promise<void> {
  for await (const line of typedLines()) {
    if (line === "") continue;
    await conn.write(new TextEncoder().encode(line));
    if (line.toLowerCase() === "q") return;
  }
}

/** Prints each message, up to a q. @param read Gives the next read's count of bytes; `null` at the end. */
export async function printHeard(
  conn: Deno.Conn,
  read = (buffer: Uint8Array) => conn.read(buffer).catch(() => null),
): Promise<void> {
  const buffer = new Uint8Array(1024);
  while (true) {
    const count = await read(buffer);
    if (count === null) return console.error("peer left");
    const text = new TextDecoder().decode(buffer.subarray(0, count));
    if (text.toLowerCase() === "q") return;
    console.log(`peer> ${text}`);
  }
}
