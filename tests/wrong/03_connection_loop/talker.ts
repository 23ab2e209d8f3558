/**
 * What lesson 03's wrong clients do right.
 *
 * @module
 */
import {
  type Address,
  formatAddress,
  numberOf,
  runClient,
  typedLines,
} from "@lessons/program.ts";

/** The first pause before another try, and the longest, in milliseconds. */
export const FIRST_PAUSE_MS = 50;
export const LONGEST_PAUSE_MS = 1000;

/** Connects in the time that `--wait` gives, and hands the connection on. */
export async function runTalker(
  connect: (address: Address, patience: number) => Promise<Deno.Conn>,
  talk: (conn: Deno.Conn) => Promise<void>,
): Promise<void> {
  await runClient(
    { port: 8003, flags: { wait: "SECONDS" } },
    async ({ address, flag }) => {
      const range = { least: 0, most: 86400, fractions: true };
      const seconds = numberOf("wait", flag("wait") ?? "0", range);
      using conn = await connect(address, seconds * 1000);
      await talk(conn);
    },
  );
}

/** Connects; where nothing listens, tries again with growing pauses until the time is up. */
export async function connectWithin(
  address: Address,
  patience: number,
): Promise<Deno.Conn> {
  const deadline = performance.now() + patience;
  for (let pause = FIRST_PAUSE_MS;; pause = longer(pause)) {
    try {
      return await Deno.connect(address);
    } catch (error) {
      const isRefused = error instanceof Deno.errors.ConnectionRefused;
      const left = deadline - performance.now();
      if (!isRefused || left <= 0) throw error;
      if (pause === FIRST_PAUSE_MS) sayWaiting(address);
      await new Promise((resolve) =>
        setTimeout(resolve, Math.min(pause, left))
      );
    }
  }
}

/** Says what it waits for. */
export function sayWaiting(address: Address): void {
  console.error(`waiting for ${formatAddress(address)}`);
}

/** The pause after this one. */
export function longer(pause: number): number {
  return Math.min(pause * 2, LONGEST_PAUSE_MS);
}

/** Sends each line, and prints its answer. */
export async function sendLines(conn: Deno.Conn): Promise<void> {
  for await (const line of typedLines()) {
    if (line === "q") break;
    if (line === "") continue; // no bytes: TCP has nothing to send
    await conn.write(new TextEncoder().encode(line));
    console.log(await receive(conn));
  }
}

/** One message from the server; one read is taken for one message. */
export async function receive(conn: Deno.Conn): Promise<string> {
  const buffer = new Uint8Array(64 * 1024);
  const count = await conn.read(buffer);
  if (count === null) {
    throw new Error(`${formatAddress(conn.remoteAddr)} closed the connection`);
  }
  return new TextDecoder().decode(buffer.subarray(0, count));
}
