// this is what a program does that takes a path that is there for a server that runs
import { runPathClient } from "@lessons/program.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";

await runPathClient(
  { path: "echo.sock", words: "WORD..." },
  async ({ address, words }) => {
    try {
      Deno.lstatSync(address.path);
    } catch {
      console.error("not running");
      Deno.exit(3);
    }
    using conn = await Deno.connect(address);
    await writeAll(conn, new TextEncoder().encode(`${words.join(" ")}\n`));
    const { value: answer = "" } = await readLines(conn).next();
    console.log(answer.replace(/^ok ?/, ""));
  },
);
