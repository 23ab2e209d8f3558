/**
 * Lesson 10, client: send each line that is typed, print each answer, leave at `q`.
 *
 *   deno run --allow-read=echo.sock --allow-write=echo.sock --allow-net=unix:$PWD/echo.sock lessons/10_unix_sockets/client.ts
 */
import { numberOf, runPathClient, typedLines } from "@lessons/program.ts";

await runPathClient(
  { path: "echo.sock", flags: { port: "N" } },
  async ({ address, flag }) => {
    const port = flag("port");
    using conn = port === undefined
      ? await Deno.connect(address)
      : await Deno.connect({
        hostname: "127.0.0.1",
        port: numberOf("port", port, { least: 1, most: 65535 }),
      });

    const buffer = new Uint8Array(1024);
    for await (const line of typedLines("> ")) {
      if (line === "q") break;
      if (line === "") continue; // no bytes are nothing at all, over a path as over TCP

      await conn.write(new TextEncoder().encode(line));
      const count = await conn.read(buffer);
      if (count === null) throw new Error("the server closed the connection");

      console.log(new TextDecoder().decode(buffer.subarray(0, count)));
    }
  },
);
