// web streams: a body is piped into its file, a file into its connection
import { createHash } from "node:crypto";
import { formatAddress, runServer } from "@lessons/program.ts";
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import {
  checkFileName,
  temporaryName,
} from "@lessons/07_md5_file_transfer/file_name.ts";
import {
  encodeMessage,
  endWell,
  readMessage,
} from "@lessons/07_md5_file_transfer/message.ts";
import { prepareFolder } from "@lessons/07_md5_file_transfer/receive_file.ts";

const parts = new Set<string>();

await runServer(
  { port: 8007, flags: { dir: "FOLDER" } },
  async ({ address, flag, say, onCtrlC }) => {
    const folder = flag("dir") ?? "store";
    await prepareFolder(folder);
    onCtrlC(() => parts.forEach((part) => Deno.removeSync(part)));
    using listener = Deno.listen(address);
    say.listening(listener);
    while (true) {
      const conn = await listener.accept().catch(console.log);
      if (!conn) continue;
      say.connected(conn);
      const name = formatAddress(conn.remoteAddr);
      serve(conn, folder).catch((error) => console.log(`${name}: ${error}`))
        .finally(() => {
          try {
            conn.close();
          } catch {
            // a stream of its has closed it
          }
        });
    }
  },
);

async function serve(conn: Deno.TcpConn, folder: string): Promise<void> {
  const writer = () => conn.writable.getWriter();
  const tell = async (value: Record<string, unknown>) => {
    const out = writer();
    await out.write(new Uint8Array(encodeMessage(value)));
    out.releaseLock();
  };
  try {
    const reader = new FrameReader(conn, { maxLength: 9999 });
    const { op, name, size, md5 } = await readMessage(reader) ?? {};
    switch (op) {
      case "list":
        await tell({ ok: true, files: await listOf(folder) });
        break;
      case "get": {
        const path = `${folder}/${checkFileName(name)}`;
        const { isFile, size } = await Deno.lstat(path);
        if (!isFile) throw new Error("no file");
        const hash = createHash("md5");
        for await (const chunk of (await Deno.open(path)).readable) {
          hash.update(chunk);
        }
        await tell({ ok: true, name, size, md5: hash.digest("hex") });
        const file = await Deno.open(path);
        await file.readable.pipeTo(conn.writable, { preventClose: true });
        break;
      }
      case "put":
        await keep(reader, folder, checkFileName(name), size, md5);
        await tell({ ok: true, name, md5, bytes: size });
        break;
      default:
        throw new Error("put, get or list");
    }
  } catch (error) {
    await tell({ ok: false, error: `${error}` });
  }
  await endWell(conn);
}

async function listOf(folder: string): Promise<unknown[]> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) {
    const isPart = [...parts].includes(`${folder}/${name}`);
    if (isFile && !isPart && !name.includes(":")) names.push(name);
  }
  return await Promise.all(
    names.sort().map(async (name) => {
      const { size } = await Deno.lstat(`${folder}/${name}`);
      return { name, size };
    }),
  );
}

async function keep(
  reader: FrameReader,
  folder: string,
  name: string,
  size: unknown,
  md5: unknown,
): Promise<void> {
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
    throw new Error("no size");
  }
  const target = `${folder}/${name}`;
  const there = await Deno.lstat(target).catch(() => undefined);
  if (there && !there.isFile) throw new Error("no file");
  const part = `${folder}/${temporaryName()}`;
  const hash = createHash("md5");
  let left = size;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      if (left === 0) return controller.close();
      const chunk = new Uint8Array(Math.min(left, 65536));
      const count = await reader.read(chunk);
      if (count === null) throw new Error("too short");
      left -= count;
      hash.update(chunk.subarray(0, count));
      controller.enqueue(chunk.subarray(0, count));
    },
  });
  parts.add(part);
  try {
    const file = await Deno.open(part, { write: true, createNew: true });
    await body.pipeTo(file.writable);
    if (hash.digest("hex") !== md5) throw new Error("another MD5");
    await Deno.rename(part, target);
  } catch (error) {
    await Deno.remove(part);
    throw error;
  } finally {
    parts.delete(part);
  }
}
