/**
 * What these wrong answers get right: a store but for how a file is put.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { runServer } from "@lessons/program.ts";
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { checkFileName } from "@lessons/07_md5_file_transfer/file_name.ts";
import {
  encodeMessage,
  endWell,
  type Message,
  readMessage,
} from "@lessons/07_md5_file_transfer/message.ts";
import { sendFile } from "@lessons/07_md5_file_transfer/send_file.ts";
import {
  listFiles,
  openStored,
} from "../../../solutions/07_md5_file_transfer/store.ts";

/** A put that is asked for. */
export interface Put {
  /** The folder of the store. */
  readonly folder: string;
  /** The file's name, as the client says it. */
  readonly name: string;
  /** How many bytes it has, as the client says. */
  readonly size: number;
  /** Its MD5, as the client says. */
  readonly md5: unknown;
  /** Where its bytes come from. */
  readonly reader: FrameReader;
  /** The connection behind that. */
  readonly conn: Deno.TcpConn;
}

/** Runs a store. @param put Keeps a file, or throws. */
export async function runStore(
  put: (request: Put) => Promise<void>,
): Promise<void> {
  await runServer({ port: 8007, flags: { dir: "FOLDER" } }, async (context) => {
    const { address, flag, say } = context;
    const folder = flag("dir") ?? "store";
    await Deno.mkdir(folder, { recursive: true });
    using listener = Deno.listen(address);
    say.listening(listener);
    while (true) {
      const conn = await listener.accept();
      say.connected(conn);
      serve(conn, folder, put);
    }
  });
}

async function serve(
  conn: Deno.TcpConn,
  folder: string,
  put: (request: Put) => Promise<void>,
): Promise<void> {
  try {
    await answer(conn, folder, put);
    await endWell(conn);
  } catch (error) {
    if (error instanceof RangeError) throw error;
  } finally {
    conn.close();
  }
}

async function answer(
  conn: Deno.TcpConn,
  folder: string,
  put: (request: Put) => Promise<void>,
): Promise<void> {
  let reply: Message;
  try {
    const reader = new FrameReader(conn);
    const request = await readMessage(reader) ?? {};
    const { op, name, size, md5 } = request;
    if (op === "get") {
      using stored = await openStored(folder, name);
      const { size, md5 } = stored;
      const head = encodeMessage({ ok: true, name, size, md5 });
      await sendFile(conn, head, stored);
      return;
    }
    if (op === "list") {
      reply = { ok: true, files: await listFiles(folder) };
    } else if (
      op === "put" && typeof name === "string" &&
      typeof size === "number" && Number.isInteger(size) && size >= 0
    ) {
      await put({ folder, name, size, md5, reader, conn });
      reply = { ok: true, name, md5, bytes: size };
    } else throw new Error("this is no request");
  } catch (error) {
    if (error instanceof RangeError) throw error;
    reply = { ok: false, error: String(error) };
  }
  await writeAll(conn, encodeMessage(reply));
}

/** The path of a file in the folder. @throws {Error} Where the name leads elsewhere, or there is a link or a folder. */
export async function pathIn(folder: string, name: string): Promise<string> {
  const path = `${folder}/${checkFileName(name)}`;
  const there = await Deno.lstat(path).catch(() => undefined);
  if (there && !there.isFile) throw new Error("it is no file");
  return path;
}

/** @throws {Error} Where the bytes are not what was announced. */
export function check(body: Uint8Array, { size, md5 }: Put): void {
  const found = createHash("md5").update(body).digest("hex");
  if (body.length !== size || found !== md5) throw new Error("it is not whole");
}

/** Copies what comes, up to the size that was announced, into a file. @returns What came. */
export async function copy(
  { reader, size }: Put,
  file: Deno.FsFile,
): Promise<Uint8Array> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const buffer = new Uint8Array(64 * 1024);
  for (let left = size; left > 0;) {
    const count = await reader.read(buffer.subarray(0, left));
    if (count === null) break;
    const chunk = buffer.slice(0, count);
    await writeAll(file, chunk);
    chunks.push(chunk);
    left -= count;
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
