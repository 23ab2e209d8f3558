// this is what a program does that decodes its whole buffer, not only the bytes that came
import { runServer } from "@lessons/program.ts";

await runServer({ port: 8008 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);

  using conn = await listener.accept();
  say.connected(conn);

  const buffer = new Uint8Array(1024);
  const count = await conn.read(buffer);
  if (count === null) return;

  const text = new TextDecoder().decode(buffer);
  await conn.write(new TextEncoder().encode(text.toUpperCase()));
});
