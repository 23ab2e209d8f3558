/**
 * Lesson 07, solution, server: keep files for clients: put, get and list.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=store --allow-write=store solutions/07_md5_file_transfer/server.ts
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
  checkIncoming,
  prepareFolder,
  receiveFile,
  removeUnfinished,
} from "@lessons/07_md5_file_transfer/receive_file.ts";
import {
  type Outgoing,
  sendFile,
} from "@lessons/07_md5_file_transfer/send_file.ts";
import {
  TransferError,
  whyFailed,
  withoutPath,
} from "@lessons/07_md5_file_transfer/transfer_error.ts";
import { Md5s } from "./md5s.ts";
import { listFiles, openStored } from "./store.ts";

/** What need not be read once more. */
const md5s = new Md5s();

/** The longest request, in bytes. */
const LONGEST_REQUEST = 64 * 1024;

await runServer({ port: 8007, flags: { dir: "FOLDER" } }, async (context) => {
  const { address, flag, onCtrlC, say } = context;
  const folder = flag("dir") ?? "store";
  await prepareFolder(folder);
  onCtrlC(removeUnfinished);

  using listener = Deno.listen(address);
  say.listening(listener);

  while (true) {
    const conn = await acceptNext(listener);
    say.connected(conn);
    // Not awaited: the next client need not wait.
    serveClient(conn, (conn) => serve(conn, folder), whyFailed);
  }
});

/** One client, in a task of its own. */
async function serve(conn: Deno.TcpConn, folder: string): Promise<void> {
  await answer(conn, folder, formatAddress(conn.remoteAddr));
  await endWell(conn);
  console.log("client left");
}

/** What is said to a request, and the file that follows it, if one does. */
interface Answer {
  readonly message: Message;
  readonly stored?: Outgoing;
}

/** Answers the one request of a connection. */
async function answer(
  conn: Deno.TcpConn,
  folder: string,
  client: string,
): Promise<void> {
  const { message, stored } = await answerTo(conn, folder, client);
  const head = encodeMessage(message);
  if (stored === undefined) return await writeAll(conn, head);
  using outgoing = stored;
  await sendFile(conn, head, outgoing); // once the head has left, only an early end can tell of a failure
}

/** Does what is asked. What is refused has an answer too. */
async function answerTo(
  conn: Deno.TcpConn,
  folder: string,
  client: string,
): Promise<Answer> {
  try {
    const reader = new FrameReader(conn, { maxLength: LONGEST_REQUEST });
    const request = await readMessage(reader);
    switch (request?.op) {
      case "put":
        return { message: await put(request, reader, folder) };
      case "get":
        return await get(request, folder);
      case "list":
        return { message: { ok: true, files: await listFiles(folder) } };
      default:
        throw new TransferError("the request is put, get or list");
    }
  } catch (error) {
    const reason = whyFailed(error, client);
    if (reason === undefined) throw error;
    console.log(`refused: ${reason}`);
    return { message: { ok: false, error: withoutPath(reason) } };
  }
}

/** Receives a file. @returns The receipt. */
async function put(
  { name, size, md5 }: Message,
  body: FrameReader,
  folder: string,
): Promise<Message> {
  const incoming = checkIncoming({ name, size, md5: md5 ?? null }); // here an MD5 is a must
  return { ok: true, ...await receiveFile(body, folder, incoming) };
}

/** Opens a file. */
async function get({ name }: Message, folder: string): Promise<Answer> {
  const stored = await openStored(folder, name, md5s);
  const { size, md5 } = stored;
  return { message: { ok: true, name, size, md5 }, stored };
}
