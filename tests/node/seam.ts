/**
 * The few calls of Deno that the lessons use, for Node: a door, should the
 * course's runtime go.
 *
 *   node --import "./tests/node/seam.ts?packages=FOLDER" solutions/01_single_shot/server.ts
 *
 * It puts a `Deno` where Node has none, and finds the lessons' imports. It is
 * no polyfill: what no lesson calls is not here, permissions do not exist, a
 * file's lock locks nothing, and a server takes connections as they come,
 * whatever its backlog. It needs a Node that knows `using` and strips types,
 * 24 or newer.
 *
 * A `Worker` is one of `node:worker_threads`, as far as lesson 07 knows it: its
 * program is its address, and it is sent one message with a port.
 *
 * FOLDER holds the npm packages, each in a folder with its name and its
 * version: `deno-std/1.4.0`, as Deno's own cache has them.
 *
 * @module
 */
import fs from "node:fs";
import { registerHooks } from "node:module";
import process from "node:process";
import { Readable } from "node:stream";
import { isatty } from "node:tty";
import { pathToFileURL } from "node:url";
import {
  type MessagePort as NodePort,
  Worker as NodeWorker,
} from "node:worker_threads";
import { format } from "node:util";
import { errors, translate } from "./errors.ts";
import * as files from "./files.ts";
import { connect, listen } from "./tcp.ts";
import { listenDatagram } from "./udp.ts";

const root = new URL("../../", import.meta.url);
const packages = new URL(import.meta.url).searchParams.get("packages") ?? ".";

/** Where the lessons' imports lead; what ends in `/` is a folder. */
const IMPORTS: readonly (readonly [name: string, place: URL])[] = [
  ["@lessons/", new URL("lessons/", root)],
  ["@std/assert", new URL("std/assert/mod.ts", root)],
  ["@std/cli/parse-args", new URL("std/cli/parse_args.ts", root)],
  ["@std/crypto", new URL("std/crypto/mod.ts", root)],
  [
    "@std/streams/text-line-stream",
    new URL("std/streams/text_line_stream.ts", root),
  ],
];

/** `npm:deno-std@1.4.0/cli/parse_args.js`: a package, its version and a file in it. */
const PACKAGE = /^npm:([\w-]+)@([\d.]+)\/(.+)$/;

registerHooks({
  resolve(specifier, context, next) {
    const [name, place] = IMPORTS.find(([name]) =>
      name.endsWith("/") ? specifier.startsWith(name) : specifier === name
    ) ?? [];
    if (name !== undefined && place !== undefined) {
      return next(new URL(specifier.slice(name.length), place).href, context);
    }
    const [, pack, version, file] = PACKAGE.exec(specifier) ?? [];
    if (pack === undefined) {
      return next(specifier, context);
    }
    const path = `${packages}/${pack}/${version}/${file}`;
    return next(pathToFileURL(path).href, context);
  },
});

/** One of the process's output streams. Deno has written when its call returns, also to a pipe that is full. */
function writer(fd: 1 | 2) {
  const writeSync = (bytes: Uint8Array): number => {
    for (let sent = 0; sent < bytes.length;) sent += writePart(fd, bytes, sent);
    return bytes.length;
  };
  return {
    isTerminal: () => isatty(fd),
    write: (bytes: Uint8Array) => Promise.resolve(writeSync(bytes)),
    writeSync,
    print: (...values: unknown[]) =>
      void writeSync(new TextEncoder().encode(`${format(...values)}\n`)),
  };
}

/** Writes as much as there is room for, and waits a millisecond where there is none. */
function writePart(fd: number, bytes: Uint8Array, from: number): number {
  try {
    return fs.writeSync(fd, bytes, from);
  } catch (error) {
    const isFull = error instanceof Error && "code" in error &&
      error.code === "EAGAIN";
    if (!isFull) throw translate(error);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    return 0;
  }
}

/** What stands before a worker's program: the events that it knows. */
const WORKER_EVENTS = `import { parentPort } from "node:worker_threads";
globalThis.addEventListener = (type, hear) =>
  parentPort.on(type, (port) => hear(new MessageEvent(type, { ports: [port] })));
`;

/** A worker of the web's kind. */
class WebWorker {
  readonly #worker: NodeWorker;
  onerror: ((event: ErrorEvent) => void) | undefined;

  constructor(program: string) {
    const [head = "", text = ""] = program.split(",", 2);
    const address = `${head},${encodeURIComponent(WORKER_EVENTS)}${text}`;
    this.#worker = new NodeWorker(new URL(address));
    this.#worker.on("error", ({ message }) => {
      this.onerror?.(new ErrorEvent("error", { message }));
    });
  }

  postMessage(port: unknown, transfer: readonly NodePort[]): void {
    this.#worker.postMessage(port, transfer);
  }

  terminate(): void {
    this.#worker.terminate();
  }
}

const { print, ...stdout } = writer(1);
const { print: printError, ...stderr } = writer(2);
console.log = print;
console.error = printError;

let input: ReadableStream | undefined;

const seam = {
  args: process.argv.slice(2),
  pid: process.pid,
  build: { os: process.platform === "win32" ? "windows" : process.platform },
  mainModule: pathToFileURL(process.argv[1] ?? "").href,
  noColor: true,
  exit: (code?: number): never => process.exit(code),
  addSignalListener: (name: NodeJS.Signals, act: () => void): void => {
    process.on(name, act);
  },
  stdin: {
    isTerminal: () => isatty(0),
    get readable(): ReadableStream {
      return input ??= Readable.toWeb(process.stdin) as ReadableStream;
    },
  },
  stdout,
  stderr,
  errors,
  listen,
  connect,
  listenDatagram,
  ...files,
};

Object.defineProperty(globalThis, "Deno", { value: seam });
Object.defineProperty(globalThis, "Worker", { value: WebWorker });
