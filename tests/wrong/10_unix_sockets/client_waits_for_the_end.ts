// this is what a program does that reads until the other side closes before it does anything
import { runPathClient } from "@lessons/program.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";

await runPathClient(
  { path: "echo.sock", words: "WORD..." },
  async ({ address, words }) => {
    using conn = await Deno.connect(address);
    await writeAll(conn, new TextEncoder().encode(`${words.join(" ")}\n`));
    const text = await new Response(conn.readable).text();
    if (text !== "ok\n") console.log(text.replace(/^ok /, "").trimEnd());
  },
);
