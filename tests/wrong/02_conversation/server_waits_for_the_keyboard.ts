// this is what a program does that goes on waiting for the keyboard when its peer has left
import { runServer, typedLines } from "@lessons/program.ts";

await runServer({ port: 8002 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);
  using conn = await listener.accept();
  say.connected(conn);
  const send = async () => {
    for await (const line of typedLines()) {
      if (line === "") continue;
      await conn.write(new TextEncoder().encode(line));
      if (line.toLowerCase() === "q") return;
    }
  };
  const print = async () => {
    const buffer = new Uint8Array(1024);
    while (true) {
      const count = await conn.read(buffer).catch(() => null);
      if (count === null) return console.error("peer left");
      const text = new TextDecoder().decode(buffer.subarray(0, count));
      if (text.toLowerCase() === "q") return;
      console.log(`peer> ${text}`);
    }
  };
  print();
  await send();
});
