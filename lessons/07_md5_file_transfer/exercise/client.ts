/**
 * Lesson 07, exercise "store", client.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=. --allow-write=. answers/07_md5_file_transfer/client.ts list
 */
import { runClient, UsageError } from "@lessons/program.ts";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";

await runClient(
  { port: 8007, words: "list | get NAME [AS] | put FILE [AS]" },
  async ({ address, words: [op, _name, _as] }) => {
    if (op === undefined) throw new UsageError("say list, get or put");
    using conn = await Deno.connect(address);

    // TODO: other words than these are a wrong call: throw a `UsageError` before you connect.
    // TODO: list: print `<size> <name>` for each file.
    // TODO: put: send the request and the file's bytes, print `<size> <md5> <name>` from the receipt.
    // TODO: get: keep the file under its name here when it is whole and its MD5 is right; print the same line.
    // TODO: an answer that is not ok, or a wrong MD5, is an error: one line, exit code 1.
    await writeFrame(conn, new TextEncoder().encode('{"op":"todo"}'));
    await new FrameReader(conn).readFrame();
    console.log("TODO");
  },
);
