/**
 * Lesson 07, exercise "store", client.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=. --allow-write=. answers/07_md5_file_transfer/client.ts list
 */
import { runClient, UsageError } from "@lessons/program.ts";
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import {
  encodeMessage,
  readMessage,
} from "@lessons/07_md5_file_transfer/message.ts";

/** The longest list that is taken, in bytes. */
const LONGEST_LIST = 64 * 1024 * 1024;

await runClient(
  { port: 8007, words: "list | get NAME [AS] | put FILE [AS]" },
  async ({ address, words: [op, _name, _as, ..._more] }) => {
    // TODO: other words than these are a wrong call, before you connect.
    if (op === undefined) throw new UsageError("say list, get or put");
    using conn = await Deno.connect(address);
    const reader = new FrameReader(conn, { maxLength: LONGEST_LIST });

    // TODO: list: print `<size> <name>` for each file.
    // TODO: put: `openFile` and `sendFile` from send_file.ts; print `<size> <md5> <name>` from the receipt.
    // TODO: get: your own `receive` keeps the file; print the same line.
    // TODO: a reply that is not ok is an error, and so is one that cannot be true.
    await writeAll(conn, encodeMessage({ op }));
    const reply = await readMessage(reader);
    console.log(`TODO: ${Deno.inspect(reply)}`);
  },
);
