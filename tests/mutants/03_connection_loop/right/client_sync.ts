// in the style of a small protocol object, which reads ahead
import {
  formatAddress,
  numberOf,
  runClient,
  typedLines,
} from "@lessons/program.ts";

await runClient(
  { port: 8003, flags: { wait: "SECONDS" } },
  async ({ address, flag }) => {
    const limit = numberOf("wait", flag("wait") ?? "0", {
      least: 0,
      most: 86400,
      fractions: true,
    });
    const begun = Date.now();
    let told = false;
    let conn: Deno.Conn | undefined;
    while (!conn) {
      try {
        conn = await Deno.connect({ ...address, transport: "tcp" });
      } catch (error) {
        if (
          !(error instanceof Deno.errors.ConnectionRefused) ||
          Date.now() - begun >= limit * 1000
        ) throw error;
        if (!told) console.error(`waiting for ${formatAddress(address)}`);
        told = true;
        const { promise, resolve } = Promise.withResolvers<void>();
        setTimeout(resolve, 100);
        await promise;
      }
    }
    const reader = conn.readable.getReader();
    const answer = async () => {
      const { value, done } = await reader.read();
      if (done) throw new Error(`no more from ${formatAddress(address)}`);
      return new TextDecoder().decode(value);
    };
    console.log(await answer());
    for await (const line of typedLines("")) {
      if (line === "q") break;
      if (line.length === 0) continue;
      await conn.write(new TextEncoder().encode(line));
      console.log(await answer());
    }
    conn.close();
  },
);
