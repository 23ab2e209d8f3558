// this is what a program does that leaves half a file behind
import { createHash } from "node:crypto";
import { runServer } from "@lessons/program.ts";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";

await runServer({ port: 8007, flags: { dir: "FOLDER" } }, async (context) => {
  const { address, flag, say } = context;
  const folder = flag("dir") ?? "store";
  await Deno.mkdir(folder, { recursive: true });
  using listener = Deno.listen(address);
  say.listening(listener);
  while (true) {
    const conn = await listener.accept();
    say.connected(conn);
    answer(conn, folder).catch(() => {}).finally(() => conn.close());
  }
});

async function answer(conn: Deno.TcpConn, folder: string): Promise<void> {
  const reader = new FrameReader(conn);
  let reply: unknown;
  try {
    reply = await put(reader, folder);
  } catch (error) {
    reply = { ok: false, error: String(error) };
  }
  await writeFrame(conn, new TextEncoder().encode(JSON.stringify(reply)));
  await conn.closeWrite();
}

async function put(reader: FrameReader, folder: string): Promise<unknown> {
  const request = await reader.readFrame() ?? new Uint8Array();
  const { name, size, md5 } = JSON.parse(new TextDecoder().decode(request));
  if (!/^[^/\\:]+$/.test(name)) throw new Error("a bad name");
  const part = `${folder}/${name}.${crypto.randomUUID()}.part`;
  using file = await Deno.open(part, { write: true, createNew: true });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const buffer = new Uint8Array(64 * 1024);
  for (let left = size; left > 0;) {
    const count = await reader.read(buffer.subarray(0, left));
    if (count === null) break;
    await file.write(buffer.subarray(0, count));
    chunks.push(buffer.slice(0, count));
    left -= count;
  }
  const body = new Uint8Array(await new Blob(chunks).arrayBuffer());
  const found = createHash("md5").update(body).digest("hex");
  if (body.length !== size || found !== md5) throw new Error("it is not whole");
  await Deno.rename(part, `${folder}/${name}`);
  return { ok: true, name, md5, bytes: size };
}
