// in the style of somebody who logs everything, and who reads into a large buffer
import { runServer } from "@lessons/program.ts";

await runServer({ port: 8001 }, async ({ address, say }) => {
  console.log("starting…");
  const listener = Deno.listen(address);
  say.listening(listener);
  console.log("waiting for a client");
  const conn = await listener.accept();
  say.connected(conn);
  console.log("reading");
  const buffer = new Uint8Array(65536);
  const count = await conn.read(buffer);
  console.log(`read ${count}`);
  if (count === null) {
    console.log("client left without a word");
  } else {
    const { hostname, port } = conn.remoteAddr;
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(
      buffer.slice(0, count),
    );
    const parts = [
      `${count} bytes`,
      ` from ${hostname}:${port}: `,
      text.toUpperCase(),
      "\n",
    ];
    for (const part of parts) {
      await conn.write(new TextEncoder().encode(part));
      console.log("wrote a part");
    }
  }
  conn.close();
  listener.close();
  console.log("done");
});
