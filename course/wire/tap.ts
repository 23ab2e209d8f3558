/**
 * The tap: records what a program does with its sockets.
 *
 *   deno run --preload="file://$PWD/course/wire/tap.ts?out=FILE&side=server" --allow-write=FILE … server.ts
 *
 * It is loaded before the program and puts a recorder in front of
 * `Deno.listen`, `Deno.connect` and `Deno.listenDatagram`, and of each call of
 * the sockets that these give. The program itself stays as it is, and gets the
 * same values and the same errors at the same points. The recording is
 * described in `recording.ts`.
 *
 * Each event is written the moment it happens, with a synchronous write: what
 * a program did before it crashed or was killed is there. Nothing that goes
 * wrong while recording reaches the program.
 *
 * A recorded call costs about 12 µs: an echo's round trip, two writes and two
 * reads, takes 70 µs instead of 20. A program starts a few milliseconds later.
 * (Measured with `tests/bench/tap_bench.ts`, on two busy cores.) A program that
 * races another may so meet another order of events; what each call does, it
 * does as before.
 *
 * With `&causes` in its URL it also tells which moment follows which, by
 * watching the program's promises (`causes.ts`): some 3 µs more a call.
 *
 * With `&network=lose=0.3,seed=7` in its URL what datagram sockets send meets a
 * bad network (`network.ts`); the recording tells how many of each went out.
 *
 * Not recorded: workers, `node:net` and `node:dgram`, TLS, `Deno.serve`, and what is
 * printed through `Deno.stdout.writable`.
 *
 * @module
 */
import { formatAddress } from "@lessons/program.ts";
import { Causes } from "./causes.ts";
import {
  MOST_CALLS,
  MOST_CONTENT,
  MOST_PRINTED,
  MOST_TOTAL,
} from "./recording.ts";
import { putNetwork, readNetwork } from "./network.ts";
import { replace } from "./replace.ts";
import { withoutSecrets } from "./secrets.ts";
import { streamsOf } from "./streams.ts";

const parameters = new URL(import.meta.url).searchParams;
const out = parameters.get("out");
const frames = parameters.get("frames");
const isClient = parameters.get("side") === "client";
if (out === null) throw new Error("Cannot record: the tap needs ?out=FILE");

const file = Deno.openSync(out, { write: true, create: true, truncate: true });
const encoder = new TextEncoder();
const causes = parameters.has("causes") ? new Causes() : undefined;
const network = readNetwork(parameters.get("network") ?? "");

let moments = 0;
let calls = 0;
let sockets = 0;
let kept = 0;
let isBroken = false;
const skipped = { calls: 0, bytes: 0 };

/** Writes one line; past a disk that is full, say, none any more. */
function note(type: string, fields: Record<string, unknown>): void {
  if (isBroken) return;
  try {
    const at = Number(performance.now().toFixed(3));
    const line = encoder.encode(`${JSON.stringify({ type, at, ...fields })}\n`);
    for (let sent = 0; sent < line.length;) {
      sent += file.writeSync(line.subarray(sent));
    }
  } catch {
    isBroken = true;
  }
}

/** Writes the line of a moment: it follows what its program has come through, and others follow it. */
function noteMoment(type: string, fields: Record<string, unknown>): void {
  if (!causes) return note(type, fields);
  const id = ++moments;
  note(type, { ...fields, id, after: causes.happens(id) });
}

/** Notes that a call starts. @returns Its number, or 0 where it is only counted. */
function begin(
  call: string,
  fields: Record<string, unknown>,
  content?: Uint8Array,
): number {
  if (calls >= MOST_CALLS) {
    skip(content?.length ?? 0);
    return 0;
  }
  calls++;
  noteMoment("call", { seq: calls, call, ...fields, ...keep(content) });
  return calls;
}

function finish(
  seq: number,
  fields: Record<string, unknown> = {},
  content?: Uint8Array,
): void {
  if (seq > 0) noteMoment("done", { seq, ...fields, ...keep(content) });
  else skipped.bytes += content?.length ?? 0;
}

function fail(seq: number, thrown: unknown): void {
  if (seq === 0) return;
  const error = thrown instanceof Error
    ? { name: thrown.name, message: thrown.message, ...codeOf(thrown) }
    : { name: typeof thrown, message: String(thrown) };
  noteMoment("failed", { seq, error });
}

function codeOf(error: Error): { code?: string } {
  return "code" in error && typeof error.code === "string"
    ? { code: error.code }
    : {};
}

function keep(content?: Uint8Array): { bytes?: string } {
  if (content === undefined || content.length > MOST_CONTENT) return {};
  if (kept + content.length > MOST_TOTAL) return {};
  kept += content.length;
  return { bytes: withoutSecrets(content).toBase64() };
}

/** Counts a call that has no line. The count is noted each time it has doubled, so that a killed flood has left one. */
function skip(bytes: number): void {
  skipped.calls++;
  skipped.bytes += bytes;
  if (Number.isInteger(Math.log2(skipped.calls))) note("skipped", skipped);
}

/** Makes a call with a promise, and notes what it gives when it does. */
function follow<T>(
  seq: number,
  act: () => Promise<T>,
  notice: (value: T) => void,
): Promise<T> {
  return attempt(seq, act).then(
    (value) => {
      notice(value);
      return value;
    },
    (error) => {
      fail(seq, error);
      throw error;
    },
  );
}

/** Makes a call; where it throws, notes that and throws it on. */
function attempt<T>(seq: number, act: () => T): T {
  try {
    return act();
  } catch (error) {
    fail(seq, error);
    throw error;
  }
}

function nameOf(address: Deno.Addr): string {
  // The connecting end of a Unix socket has no path, whatever the type says.
  if ("path" in address) return String(address.path ?? "");
  return formatAddress(address);
}

/** The address that was asked for, as far as it was given. */
function wanted(
  options: { path?: string; hostname?: string; port?: number },
  host: string,
): string {
  const { path, hostname = host, port = 0 } = options;
  return path === undefined
    ? formatAddress({ hostname: String(hostname), port })
    : String(path);
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

/** What is close to all of them: closes, and is closed once. */
function tapClose(socket: number, owner: { close(): void }): void {
  const close = owner.close.bind(owner);
  let isOpen = true;
  replace(owner, "close", (): void => {
    const seq = begin("close", { socket });
    attempt(seq, close);
    finish(seq);
    isOpen = false;
  });
  if (!(Symbol.dispose in owner)) return;
  const { [Symbol.dispose]: dispose } = owner;
  if (typeof dispose !== "function") return;
  replace(owner, Symbol.dispose, (): void => {
    if (!isOpen) return dispose.call(owner);
    isOpen = false;
    const seq = begin("close", { socket });
    attempt(seq, () => dispose.call(owner));
    finish(seq);
  });
}

function tapConn(conn: Deno.Conn): number {
  const socket = ++sockets;
  const read = conn.read.bind(conn);
  const write = conn.write.bind(conn);
  const closeWrite = conn.closeWrite.bind(conn);
  tapClose(socket, conn);
  replace(conn, "read", (buffer: Uint8Array) => {
    const seq = begin("read", { socket, room: buffer?.length ?? 0 });
    return follow(
      seq,
      () => read(buffer),
      (count) => finish(seq, { count }, buffer.subarray(0, count ?? 0)),
    );
  });
  replace(conn, "write", (data: Uint8Array) => {
    const content = isBytes(data) ? data : undefined;
    const size = content?.length ?? 0;
    const seq = begin("write", { socket, size }, content);
    return follow(seq, () => write(data), (count) => finish(seq, { count }));
  });
  replace(conn, "closeWrite", () => {
    const seq = begin("closeWrite", { socket });
    return follow(seq, closeWrite, () => finish(seq));
  });
  const streams = streamsOf(conn);
  Object.defineProperty(conn, "readable", {
    configurable: true,
    get: streams.readable,
  });
  Object.defineProperty(conn, "writable", {
    configurable: true,
    get: streams.writable,
  });
  return socket;
}

function tapListener(listener: Deno.Listener): number {
  const socket = ++sockets;
  const accept = listener.accept.bind(listener);
  tapClose(socket, listener);
  // `for await` comes here too: it asks `accept` for each connection.
  replace(listener, "accept", () => {
    const seq = begin("accept", { socket });
    return follow(seq, accept, (conn) => noteConn(seq, conn));
  });
  return socket;
}

function noteConn(seq: number, conn: Deno.Conn): void {
  const socket = tapConn(conn);
  const [local, remote] = [conn.localAddr, conn.remoteAddr].map(nameOf);
  finish(seq, { socket, local, remote });
}

function tapDatagrams(conn: Deno.DatagramConn): number {
  const socket = ++sockets;
  const sendPlainly = conn.send.bind(conn);
  const send = network
    ? putNetwork(conn, network, 2 * socket + (isClient ? 1 : 0))
    : (data: Uint8Array, to: Deno.Addr) => ({ taken: sendPlainly(data, to) });
  const receive = conn.receive.bind(conn);
  tapClose(socket, conn);
  replace(conn, "send", (data: Uint8Array, to: Deno.Addr) => {
    const content = isBytes(data) ? data : undefined;
    const size = content?.length ?? 0;
    const address = wanted({ ...to }, "127.0.0.1");
    const seq = begin("send", { socket, address, size }, content);
    const { taken, ...told } = send(data, to);
    return follow(
      seq,
      () => taken,
      (count) => finish(seq, { count, ...told }),
    );
  });
  // `for await` comes here too.
  replace(conn, "receive", (buffer?: Uint8Array) => {
    const room = buffer?.length ?? 65507; // Deno's own buffer
    const seq = begin("receive", { socket, room });
    return follow(
      seq,
      () => receive(buffer),
      ([bytes, from]) =>
        finish(seq, { count: bytes.length, from: nameOf(from) }, bytes),
    );
  });
  return socket;
}

type TcpOptions = Deno.TcpListenOptions & { transport?: "tcp" };
type Asked = { path?: string; hostname?: string; port?: number };

function tapDeno(): void {
  const { listen, connect, listenDatagram } = Deno;
  replace(Deno, "listen", (options: TcpOptions & Asked) => {
    const transport = options?.transport ?? "tcp";
    const address = wanted({ ...options }, "0.0.0.0");
    const seq = begin("listen", { transport, address });
    const listener = attempt(seq, () => listen(options));
    finish(seq, {
      socket: tapListener(listener),
      local: nameOf(listener.addr),
    });
    return listener;
  });
  replace(Deno, "connect", (options: Deno.ConnectOptions & Asked) => {
    const transport = options?.transport ?? "tcp";
    const address = wanted({ ...options }, "127.0.0.1");
    const seq = begin("connect", { transport, address });
    return follow(seq, () => connect(options), (conn) => noteConn(seq, conn));
  });
  if (typeof listenDatagram !== "function") return; // without --unstable-net
  replace(
    Deno,
    "listenDatagram",
    (options: Deno.UdpListenOptions & { transport: "udp" }) => {
      const address = wanted({ ...options }, "0.0.0.0");
      const transport = options?.transport;
      const seq = begin("bind", { transport, address });
      const conn = attempt(seq, () => listenDatagram(options));
      finish(seq, { socket: tapDatagrams(conn), local: nameOf(conn.addr) });
      return conn;
    },
  );
}

/** What is printed has its place between the calls. */
function tapPrints(): void {
  for (const name of ["log", "info", "debug", "warn", "error"] as const) {
    const real = console[name].bind(console);
    const stream = name === "warn" || name === "error" ? "stderr" : "stdout";
    replace(console, name, (...values: unknown[]) => {
      notePrint(stream, `${values.map(show).join(" ")}\n`);
      real(...values);
    });
  }
  for (const stream of ["stdout", "stderr"] as const) {
    const { [stream]: target } = Deno;
    const write = target.write.bind(target);
    const writeSync = target.writeSync.bind(target);
    const decoder = new TextDecoder();
    const hear = (data: Uint8Array) => {
      if (isBytes(data)) {
        notePrint(stream, decoder.decode(data, { stream: true }));
      }
    };
    replace(target, "write", (data: Uint8Array) => {
      hear(data);
      return write(data);
    });
    replace(target, "writeSync", (data: Uint8Array) => {
      hear(data);
      return writeSync(data);
    });
  }
}

/** What a program does at a signal follows the signal. */
function tapSignals(): void {
  const { addSignalListener, removeSignalListener } = Deno;
  const tapped = new WeakMap<() => void, () => void>();
  replace(Deno, "addSignalListener", (name: Deno.Signal, act: () => void) => {
    if (typeof act !== "function") return addSignalListener(name, act);
    const tappedAct = tapped.get(act) ?? (() => {
      noteMoment("signal", {});
      act();
    });
    tapped.set(act, tappedAct);
    addSignalListener(name, tappedAct);
  });
  replace(
    Deno,
    "removeSignalListener",
    (name: Deno.Signal, act: () => void) =>
      removeSignalListener(name, tapped.get(act) ?? act),
  );
}

function show(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    return Deno.inspect(value);
  } catch {
    return "…"; // an object that throws when it is looked at
  }
}

/** Notes what is printed, a moment a line; what has no end of line yet is a moment of its own. */
function notePrint(stream: string, printed: string): void {
  const lines = printed.split("\n");
  const rest = lines.pop() ?? "";
  for (const line of lines) noteLine(stream, line.replace(/\r$/, ""));
  if (rest !== "") noteLine(stream, rest, { isOpen: true });
}

function noteLine(stream: string, line: string, more = {}): void {
  if (calls >= MOST_CALLS) return skip(0);
  calls++;
  const text = line.slice(0, MOST_PRINTED);
  noteMoment("print", { stream, text, ...more });
}

note("program", {
  version: 1,
  side: isClient ? "client" : "server",
  name: parameters.get("name") ?? Deno.mainModule.split("/").at(-1),
  ...(frames === null ? {} : { frames }),
  origin: performance.timeOrigin,
});
tapDeno();
tapPrints();
if (causes) tapSignals();
globalThis.addEventListener("unload", () => {
  if (skipped.calls > 0) note("skipped", skipped);
  note("exit", { code: Deno.exitCode, signal: null });
});
