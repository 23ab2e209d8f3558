// web streams, and a half-close when the request is sent
import { runPathClient, UsageError } from "@lessons/program.ts";

await runPathClient(
  { path: "echo.sock", words: "WORD..." },
  async ({ address, words }) => {
    if (words.length === 0) throw new UsageError("it takes a request");
    const conn = await Deno.connect(address).catch((error) => {
      const { ConnectionRefused, NotFound } = Deno.errors;
      const isNobody = error instanceof ConnectionRefused ||
        error instanceof NotFound;
      if (!isNobody) throw error;
      console.error("not running");
      Deno.exit(3);
    });
    const request = new Blob([`${words.join(" ")}\n`]).stream();
    await request.pipeTo(conn.writable, { preventClose: true });
    await conn.closeWrite();
    let text = "";
    for await (
      const part of conn.readable.pipeThrough(new TextDecoderStream())
    ) {
      text += part;
      if (text.includes("\n")) break;
    }
    const [line = "", rest] = text.split("\n");
    if (rest === undefined) throw new Error("the server has left");
    if (line.startsWith("error:")) {
      console.error(line);
      Deno.exit(1);
    }
    if (line !== "ok") console.log(line.slice(3));
  },
);
