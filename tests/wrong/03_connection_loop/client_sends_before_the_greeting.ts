// this is what a program does that sends before it has been greeted, or takes the end of the stream for a greeting
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

await runClient(
  { port: 8003, flags: { wait: "SECONDS" } },
  async ({ address, flag }) => {
    const seconds = numberOf("wait", flag("wait") ?? "0", {
      least: 0,
      most: 86400,
      fractions: true,
    });
    using conn = await connect(address, seconds * 1000);

    for await (const line of typedLines()) {
      if (line === "q") break;
      if (line === "") continue; // no bytes: TCP has nothing to send
      await conn.write(new TextEncoder().encode(line));
      console.log(await receive(conn));
    }
  },
);

/** Connects; where nothing listens, tries again with growing pauses until the time is up. */
async function connect(address: Address, patience: number): Promise<Deno.Conn> {
  const deadline = performance.now() + patience;
  let pause = FIRST_PAUSE_MS;
  while (true) {
    try {
      return await Deno.connect(address);
    } catch (error) {
      const isRefused = error instanceof Deno.errors.ConnectionRefused;
      const left = deadline - performance.now();
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
  if (count === null) {
    throw new Error(`${formatAddress(conn.remoteAddr)} closed the connection`);
  }
  return new TextDecoder().decode(buffer.subarray(0, count));
}
