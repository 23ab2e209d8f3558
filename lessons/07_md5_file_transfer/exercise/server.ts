/**
 * Lesson 07, exercise "store", server.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=store --allow-write=store answers/07_md5_file_transfer/server.ts
 */
import { formatAddress, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import {
  encodeMessage,
  endWell,
  type Message,
  readMessage,
} from "@lessons/07_md5_file_transfer/message.ts";
import {
  TransferError,
  whyFailed,
  withoutPath,
} from "@lessons/07_md5_file_transfer/transfer_error.ts";
import { receive } from "./receive.ts";

await runServer({ port: 8007, flags: { dir: "FOLDER" } }, async (context) => {
  const { address, flag, onCtrlC, say } = context;
  const folder = flag("dir") ?? "store";
  // TODO: a --dir that is no folder is an error with its name in it.
  await Deno.mkdir(folder, { recursive: true });
  // TODO: remove what a killed server left: `isTemporary` from file_name.ts.
  onCtrlC(() => console.log("TODO: leave nothing half"));

  using listener = Deno.listen(address);
  say.listening(listener);

  while (true) {
    const conn = await acceptNext(listener);
    say.connected(conn);
    // Not awaited: the next client need not wait.
    serveClient(conn, (conn) => answer(conn, folder), whyFailed);
  }
});

/** One client, in a task of its own: one request and its reply. */
async function answer(conn: Deno.TcpConn, folder: string): Promise<void> {
  const reader = new FrameReader(conn);
  let reply: Message;
  try {
    reply = await replyTo(await readMessage(reader), reader, folder);
  } catch (error) {
    const reason = whyFailed(error, formatAddress(conn.remoteAddr));
    if (reason === undefined) throw error; // a mistake of ours
    reply = { ok: false, error: withoutPath(reason) };
  }
  // TODO: behind the reply to a `get` comes the file: `sendFile` from send_file.ts sends both.
  await writeAll(conn, encodeMessage(reply));
  await endWell(conn); // reads what still comes, so that the client sees the reply
}

/** Does what a request asks. What is refused is thrown, and becomes a reply above. */
async function replyTo(
  request: Message | null,
  body: FrameReader,
  folder: string,
): Promise<Message> {
  switch (request?.op) {
    case "put":
      // TODO: take these from the request; refuse them where they are none: `checkFileName`, a `TransferError`.
      await receive(body, folder, { name: "TODO", size: 0, md5: "TODO" });
      return { ok: true };
    // TODO: `list`.
    // TODO: `get`: a `Message` is not enough, for the file stays open until it is sent: give both back.
    default:
      throw new TransferError("TODO: put, get and list");
  }
}
