/**
 * Lesson 10, exercise "one of a kind", client.
 *
 *   deno run --allow-read=echo.sock --allow-write=echo.sock --allow-net=unix:$PWD/echo.sock answers/10_unix_sockets/client.ts list
 */
import { runPathClient } from "@lessons/program.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";

await runPathClient(
  { path: "echo.sock", words: "set NAME VALUE | get NAME | list | pid | stop" },
  async ({ address }) => {
    // TODO: stage 4: where nobody listens, `not running` and exit code 3.
    using conn = await Deno.connect(address);

    // TODO: stage 4: send the words as one line, and print what stands behind `ok `.
    // TODO: stage 4: an answer that begins with `error:` ends the client.
    await writeAll(conn, new TextEncoder().encode("TODO\n"));
    console.log("TODO");
  },
);
