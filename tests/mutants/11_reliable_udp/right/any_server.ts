/**
 * A server over any socket.
 *
 * @module
 */
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import {
  type Came,
  End,
  Line,
  type MakeSocket,
  pack,
  pairs,
  texts,
} from "./line.ts";

/** Runs it. */
export async function runAnyServer(makeSocket: MakeSocket): Promise<void> {
  const flag = (name: string, usual: string) => {
    const at = Deno.args.indexOf(name);
    return at === -1 ? usual : Deno.args[at + 1] ?? usual;
  };
  const folder = flag("--dir", "store");
  const [wait, tries] = [
    Number(flag("--timeout", "1000")),
    Number(flag("--tries", "5")),
  ];
  Deno.addSignalListener("SIGINT", () => Deno.exit(0));
  mkdirSync(folder, { recursive: true });
  const door = makeSocket();
  const wanted = Number(flag("--port", "8011"));
  const port = await door.bind(wanted).catch(() => {
    console.error(`error: 127.0.0.1:${wanted} is taken`);
    return Deno.exit(1);
  });
  console.log(`listening on 127.0.0.1:${port}`);
  const busy = new Set<number>();
  while (true) {
    const came = await door.next(Infinity);
    if (!came || came.bytes[1] === 5 || busy.has(came.from.port)) continue;
    busy.add(came.from.port);
    serve(came);
  }

  async function serve({ bytes, from }: Came): Promise<void> {
    const socket = makeSocket();
    await socket.bind();
    const line = new Line(socket, from, true, wait, tries);
    try {
      const [name = "", mode = "", ...rest] = texts(bytes);
      const code = bytes[0] === 0 ? bytes[1] : 0;
      if (code !== 1 && code !== 2) throw new End("no request", 4);
      if (mode.toLowerCase() !== "octet") throw new End("octet", 4);
      if (!/^[^/\\:]+$/.test(name) || /^\.+$/.test(name)) {
        throw new End("no name", 2);
      }
      const path = `${folder}/${name}`;
      const there = lstatSync(path, { throwIfNoEntry: false });
      if (code === 1 && !there) throw new End("no such file", 1);
      if (there && !there.isFile()) throw new End("no file", 2);
      const file = code === 1 ? readFileSync(path) : undefined;
      const taken: string[] = [];
      let [size, windowsize] = [512, 1];
      for (const [name, text] of pairs(rest)) {
        const value = /^\d+$/.test(text) ? Number(text) : -1;
        if (name === "blksize" && value >= 8 && value <= 65464) {
          taken.push(name, text);
          size = value;
        } else if (name === "windowsize" && value > 0) {
          windowsize = Math.min(64, value);
          taken.push(name, String(windowsize));
        } else if (name === "tsize" && file?.length !== 0) {
          taken.push(name, String(file?.length ?? value));
        }
      }
      const answer = () =>
        line.send(taken.length > 0 ? pack(6, ...taken) : pack(4, 0));
      if (file) {
        if (taken.length > 0) {
          await line.ask(
            answer,
            (bytes) => bytes.readUInt32BE(0) === 0x40000 || undefined,
          );
        }
        await line.sendAll(file, size, windowsize);
        return;
      }
      const first = await line.ask(
        answer,
        (bytes) => bytes[1] === 3 ? bytes : undefined,
      );
      const { file: got, last } = await line.getAll(size, windowsize, first);
      const part = `${path}.${from.port}.part`;
      try {
        writeFileSync(part, got);
        renameSync(part, path);
      } catch {
        rmSync(part, { force: true });
        throw new End("the disk is full", 3);
      }
      busy.delete(from.port);
      await line.stay(last, 6000);
    } catch (error) {
      if (!(error instanceof End)) throw error;
      if (error.code === undefined) {
        console.log(`127.0.0.1:${from.port}: ${error.message}`);
      } else line.send(pack(5, error.code, error.message));
    } finally {
      busy.delete(from.port);
      setTimeout(() => socket.close(), 100);
    }
  }
}
