/**
 * The right part of the clients here.
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
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;

/** The pieces of a client that waits for its server. */
export class Talking {
  /** Takes the greeting: the server speaks first. */
  async begin(conn: Deno.Conn): Promise<void> {
    console.log(await receive(conn));
  }

  /** How much of the time to wait is left, in milliseconds. */
  left(deadline: number): number {
    return deadline - performance.now();
  }
}

/** Runs a client of these pieces. */
export async function runTalking(talking: Talking): Promise<void> {
  const options = { port: 8003, flags: { wait: "SECONDS" } };
  await runClient(options, async ({ address, flag }) => {
    const range = { least: 0, most: 86400, fractions: true };
    const seconds = numberOf("wait", flag("wait") ?? "0", range);
    using conn = await connect(address, seconds * 1000, talking);
    await talking.begin(conn);
    for await (const line of typedLines()) {
      if (line === "q") break;
      if (line === "") continue; // no bytes: TCP has nothing to send
      await conn.write(new TextEncoder().encode(line));
      console.log(await receive(conn));
    }
  });
}

/** Connects; where nothing listens, tries again with growing pauses until the time is up. */
async function connect(
  address: Address,
  patience: number,
  talking: Talking,
): Promise<Deno.Conn> {
  const deadline = performance.now() + patience;
  let pause = FIRST_PAUSE_MS;
  while (true) {
    try {
      return await Deno.connect(address);
    } catch (error) {
      const isRefused = error instanceof Deno.errors.ConnectionRefused;
      const left = patience === 0 ? 0 : talking.left(deadline);
      if (!isRefused || left <= 0) throw error;
      if (pause === FIRST_PAUSE_MS) {
        console.error(`waiting for ${formatAddress(address)}`);
      }
      await new Promise((resolve) =>
        setTimeout(resolve, Math.min(pause, left))
      );
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }
}

/** One message from the server; one read is taken for one message. */
async function receive(conn: Deno.Conn): Promise<string> {
  const buffer = new Uint8Array(64 * 1024);
  const count = await conn.read(buffer);
  if (count === null) throw new Error("the server closed the connection");
  return new TextDecoder().decode(buffer.subarray(0, count));
}
