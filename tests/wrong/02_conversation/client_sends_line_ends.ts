// this is what a program does that sends the end of a line too, so that an empty line becomes a message
import { runClient, typedLines } from "@lessons/program.ts";
import { printHeard } from "./talk.ts";

await runClient({ port: 8002 }, async ({ address }) => {
  using conn = await Deno.connect(address);
  const send = async () => {
    for await (const line of typedLines()) {
      await conn.write(new TextEncoder().encode(`${line}\n`));
      if (line.toLowerCase() === "q") return;
    }
  };
  await Promise.race([send(), printHeard(conn)]);
});
