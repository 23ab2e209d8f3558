/**
 * Lesson 07, server: receive files into a folder, one client after another, until Ctrl-C.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=received --allow-write=received lessons/07_md5_file_transfer/server.ts
 */
import { formatAddress, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import {
  encodeMessage,
  endWell,
  type Message,
  readMessage,
} from "./message.ts";
import {
  checkIncoming,
  prepareFolder,
  receiveFile,
  removeUnfinished,
} from "./receive_file.ts";
import { TransferError, whyFailed, withoutPath } from "./transfer_error.ts";

/** The longest header, in bytes. */
const LONGEST_HEADER = 64 * 1024;

await runServer({ port: 8007, flags: { dir: "FOLDER" } }, async (context) => {
  const { address, flag, onCtrlC, say } = context;
  const folder = flag("dir") ?? "received";
  await prepareFolder(folder);
  onCtrlC(removeUnfinished);

  using listener = Deno.listen(address);
  say.listening(listener);

  while (true) {
    using conn = await acceptNext(listener);
    say.connected(conn);

    const client = formatAddress(conn.remoteAddr);
    try {
      const receipt = await receive(conn, folder, client);
      await writeAll(conn, encodeMessage(receipt));
      await endWell(conn);
      console.log("client left");
    } catch (error) {
      // A client that is gone before its receipt loses nothing but the receipt.
      const reason = whyFailed(error, client);
      if (reason === undefined) throw error;
      console.log(reason);
    }
  }
});

/** Receives one file. @returns The receipt for the client. */
async function receive(
  conn: Deno.Conn,
  folder: string,
  client: string,
): Promise<Message> {
  try {
    const reader = new FrameReader(conn, { maxLength: LONGEST_HEADER });
    const header = await readMessage(reader);
    if (header === null) throw new TransferError("no header came");

    const incoming = checkIncoming({
      name: header.new_file_name ?? header.file_name,
      size: header.file_size,
      md5: header.md5 ?? undefined, // an old uploader sends none
    });
    const received = await receiveFile(reader, folder, incoming);
    console.log(`received ${received.name}: ${received.bytes} bytes`);
    return { ok: true, ...received };
  } catch (error) {
    const reason = whyFailed(error, client);
    if (reason === undefined) throw error;
    console.log(`refused: ${reason}`);
    return { ok: false, error: withoutPath(reason) };
  }
}
