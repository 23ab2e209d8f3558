// in the style of functions that call themselves, and of bytes written to stdout
import {
  type Address,
  formatAddress,
  numberOf,
  runClient,
  typedLines,
} from "@lessons/program.ts";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function dial(
  address: Address,
  until: number,
  pause: number,
): Promise<Deno.TcpConn> {
  const conn = await Deno.connect(address).catch((error) => {
    if (performance.now() > until) throw error;
    return undefined;
  });
  if (conn) return conn;
  if (pause === 10) console.error("waiting for " + formatAddress(address));
  await sleep(pause);
  return await dial(address, until, Math.min(pause * 1.5, 300));
}

await runClient(
  { port: 8003, flags: { wait: "SECONDS" } },
  async ({ address, flag }) => {
    const text = flag("wait");
    const wait = text === undefined
      ? undefined
      : numberOf("wait", text, { least: 0, most: 1e6, fractions: true });
    const conn = wait === undefined
      ? await Deno.connect(address)
      : await dial(address, performance.now() + wait * 1000, 10);
    const print = async () => {
      const buffer = new Uint8Array(8192);
      const n = await conn.read(buffer);
      if (!n) {
        throw new Error(
          `the server at ${formatAddress(address)} has gone`,
        );
      }
      await Deno.stdout.write(buffer.subarray(0, n));
      await Deno.stdout.write(new TextEncoder().encode("\n"));
    };
    await print();
    for await (const line of typedLines()) {
      if (line === "q") break;
      if (line) {
        await conn.write(new TextEncoder().encode(line));
        await print();
      }
    }
    conn.close();
  },
);
