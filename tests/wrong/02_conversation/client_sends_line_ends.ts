// this is what a program does that sends the end of a line too, so that an empty line becomes a message
import { runClient, typedLines } from "@lessons/program.ts";

await runClient({ port: 8002 }, async ({ address }) => {
  using conn = await Deno.connect(address);
  const send = async () => {
    for await (const line of typedLines()) {
      await conn.write(new TextEncoder().encode(`${line}\n`));
      if (line.toLowerCase() === "q") return;
    }
  };
  const print = async () => {
    const buffer = new Uint8Array(1024);
    while (true) {
      const count = await conn.read(buffer);
      if (count === null) return console.error("peer left");
      const text = new TextDecoder().decode(buffer.subarray(0, count));
      if (text.toLowerCase() === "q") return;
      console.log(`peer> ${text}`);
    }
  };
  await Promise.race([send(), print()]);
});
