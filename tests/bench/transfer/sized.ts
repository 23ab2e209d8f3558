// One end of the upload with pieces of a given size, each call awaited. Arguments: receive, size, folder; or send, size, port, file.
import { crypto } from "@std/crypto";
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import {
  encodeMessage,
  readMessage,
} from "@lessons/07_md5_file_transfer/message.ts";

const [role, sizeText, where = "", path = ""] = Deno.args;
const size = Number(sizeText);
if (role === "receive") await receive(where);
else await send(Number(where), path);
Deno.exit();

async function receive(folder: string): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  console.log(`listening on 127.0.0.1:${listener.addr.port}`);
  using conn = await listener.accept();
  const reader = new FrameReader(conn);
  const header = await readMessage(reader) ?? {};
  using file = await Deno.create(`${folder}/received`);
  const found = await digest(pieces(reader, Number(header.file_size), file));
  await writeAll(conn, encodeMessage({ ok: header.md5 === found }));
}

async function send(port: number, path: string): Promise<void> {
  using file = await Deno.open(path);
  const { size: length } = await file.stat();
  const md5 = await digest(pieces(file, length));
  await file.seek(0, Deno.SeekMode.Start);
  using conn = await Deno.connect({ port });
  await writeAll(conn, encodeMessage({ md5, file_size: length }));
  for await (const piece of pieces(file, length)) await writeAll(conn, piece);
  const receipt = await readMessage(new FrameReader(conn));
  if (receipt?.ok !== true) throw new Error("the MD5s differ");
}

async function* pieces(
  source: { read(buffer: Uint8Array): Promise<number | null> },
  length: number,
  copy?: Deno.FsFile,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const buffer = new Uint8Array(size);
  for (let left = length; left > 0;) {
    const count = await source.read(buffer.subarray(0, left));
    if (count === null) throw new Error("it ended early");
    const piece = buffer.subarray(0, count);
    if (copy) await writeAll(copy, piece);
    yield piece;
    left -= count;
  }
}

async function digest(
  data: AsyncIterable<Uint8Array<ArrayBuffer>>,
): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("MD5", data)).toHex();
}
