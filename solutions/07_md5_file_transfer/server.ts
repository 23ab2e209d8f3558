/**
 * Lesson 07, solution, server: keep files for clients: put, get and list.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=store --allow-write=store solutions/07_md5_file_transfer/server.ts
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
} from "@lessons/07_md5_file_transfer/message.ts";
import {
  checkIncoming,
  prepareFolder,
  receiveFile,
  removeUnfinished,
} from "@lessons/07_md5_file_transfer/receive_file.ts";
import { sendFile } from "@lessons/07_md5_file_transfer/send_file.ts";
import {
  TransferError,
  whyFailed,
} from "@lessons/07_md5_file_transfer/transfer_error.ts";
import { listFiles, openStored } from "./store.ts";

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
    serve(conn, folder); // not awaited: the next client need not wait
  }
});

/** One client, in a task of its own. */
async function serve(conn: Deno.TcpConn, folder: string): Promise<void> {
  const client = formatAddress(conn.remoteAddr);
  try {
    await answer(conn, folder, client);
    await endWell(conn);
    console.log("client left");
  } catch (error) {
    const reason = whyFailed(error, client);
    if (reason === undefined) throw error; // a bug of ours
    console.log(reason);
  } finally {
    conn.close();
  }
}

/** Answers the one request of a connection. What is refused is an answer too. */
async function answer(
  conn: Deno.TcpConn,
  folder: string,
  client: string,
): Promise<void> {
  const say = (message: Message) => writeAll(conn, encodeMessage(message));
  try {
    const reader = new FrameReader(conn, { maxLength: LONGEST_REQUEST });
    const request = await readMessage(reader);
    if (request === null) return; // it left without a word
    switch (request.op) {
      case "put":
        return await say(await put(request, reader, folder));
      case "get":
        return await get(request, conn, folder);
      case "list":
        return await say({ ok: true, files: await listFiles(folder) });
      default:
        throw new TransferError("the op is put, get or list");
    }
  } catch (error) {
    const reason = whyFailed(error, client);
    if (reason === undefined) throw error;
    console.log(`refused: ${reason}`);
    await say({ ok: false, error: reason });
  }
}

/** Receives a file. @returns The receipt. */
async function put(
  { name, size, md5 }: Message,
  body: FrameReader,
  folder: string,
): Promise<Message> {
  const incoming = checkIncoming({ name, size, md5: md5 ?? null });
  return { ok: true, ...await receiveFile(body, folder, incoming) };
}

/** Sends a file, or throws before anything of it has left. */
async function get(
  { name }: Message,
  conn: Deno.TcpConn,
  folder: string,
): Promise<void> {
  using stored = await openStored(folder, name);
  const { size, md5 } = stored;
  await sendFile(conn, encodeMessage({ ok: true, name, size, md5 }), stored);
}
