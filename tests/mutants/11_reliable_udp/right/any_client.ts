/**
 * A client over any socket.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { End, Line, type MakeSocket, pack, pairs, texts } from "./line.ts";

/** Runs it. */
export async function runAnyClient(
  makeSocket: MakeSocket,
  makeLine: typeof Line = Line,
): Promise<void> {
  const flags = new Map<string, string>();
  const words: string[] = [];
  for (let i = 0; i < Deno.args.length; i++) {
    const arg = String(Deno.args[i]);
    if (arg.startsWith("--")) flags.set(arg, String(Deno.args[++i]));
    else words.push(arg);
  }
  const number = (name: string, usual: number) =>
    Number(flags.get(name) ?? usual);
  const [op, name = "", as = name.split("/").at(-1) ?? ""] = words;
  if (op !== "get" && op !== "put" || name === "" || words.length > 3) {
    console.error("error: say get NAME or put FILE");
    Deno.exit(2);
  }
  const [port, tries] = [number("--port", 8011), number("--tries", 5)];
  const asked = {
    blksize: number("--blksize", 1428),
    tsize: 0,
    windowsize: number("--windowsize", 16),
  };
  const socket = makeSocket();
  await socket.bind();
  const line = new makeLine(
    socket,
    { address: "127.0.0.1", port },
    false,
    number("--timeout", 1000),
    tries,
  );
  const flat = () =>
    Object.entries(asked).flatMap(([name, value]) => [name, String(value)]);

  /** The sizes that the first answer gives. */
  function agreed(first: Buffer): [number, number] {
    const sizes = { blksize: 512, windowsize: 1 };
    if (first[1] !== 6) return [512, 1];
    for (const [name, text] of pairs(texts(first))) {
      const value = /^\d+$/.test(text) ? Number(text) : -1;
      if (name === "tsize" && value >= 0) continue;
      const least = name === "blksize" ? 8 : 1;
      if (
        name !== "blksize" && name !== "windowsize" || value < least ||
        value > asked[name]
      ) {
        throw new End(`no ${name} ${text}`, 8);
      }
      sizes[name] = value;
    }
    return [sizes.blksize, sizes.windowsize];
  }

  const isBegun = (code: number, block: number) => (bytes: Buffer) =>
    bytes[1] === 6 || bytes[1] === code && bytes.readUInt16BE(2) === block
      ? bytes
      : undefined;
  try {
    if (op === "get") {
      const first = await line.ask(
        () => line.send(pack(1, name, "octet", ...flat())),
        isBegun(3, 1),
      );
      const sizes = agreed(first);
      if (first[1] === 6) line.send(pack(4, 0));
      const { file, last } = await line.getAll(
        ...sizes,
        first[1] === 3 ? first : undefined,
      );
      writeFileSync(`${as}.part`, file);
      renameSync(`${as}.part`, as);
      console.log(`${file.length} ${as.split("/").at(-1)}`);
      await line.stay(last, 2 * line.wait);
    } else {
      const file = readFileSync(name);
      asked.tsize = file.length;
      const first = await line.ask(
        () => line.send(pack(2, as, "octet", ...flat())),
        isBegun(4, 0),
      );
      await line.sendAll(file, ...agreed(first));
      console.log(`${file.length} ${as}`);
    }
    socket.close();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof End && error.code) {
      line.send(pack(5, error.code, error.message));
    }
    console.error(`error: 127.0.0.1:${port}: ${error.message}`);
    setTimeout(() => Deno.exit(1), 5); // the error has to leave first
  }
}
