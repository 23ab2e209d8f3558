/**
 * Recordings that are written by hand, for tests of what is drawn of them.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";
import type { Layout } from "../../course/wire/ladder.ts";
import { columns } from "../../course/wire/show.ts";
import type { Order } from "../../course/wire/story.ts";
import { draw } from "../../course/wire/view.ts";
import { readRecordings } from "../../course/wire/read.ts";
import type { Recording, Side } from "../../course/wire/recording.ts";

const CLIENT = "127.0.0.1:54321";
const SERVER = "127.0.0.1:8001";

/** Writes a recording by hand: each call a millisecond after the one before it. */
export class Log {
  readonly lines: string[] = [];
  #seq = 0;
  #at = 0;

  constructor(
    side: Side,
    readonly origin = 0,
    frames?: string,
    name = `${side}.ts`,
  ) {
    const program = { version: 1, side, name, origin, frames };
    this.lines.push(JSON.stringify({ type: "program", ...program }));
  }

  /** Waits so many milliseconds. */
  wait(ms: number): this {
    this.#at += ms;
    return this;
  }

  line(type: string, fields: Record<string, unknown>): this {
    this.#at++;
    this.lines.push(JSON.stringify({ type, at: this.#at, ...fields }));
    return this;
  }

  start(call: string, fields: Record<string, unknown>): this {
    return this.line("call", { seq: ++this.#seq, call, ...fields });
  }

  end(fields: Record<string, unknown> = {}): this {
    return this.line("done", { seq: this.#seq, ...fields });
  }

  fail(name: string, message: string): this {
    return this.line("failed", { seq: this.#seq, error: { name, message } });
  }

  listen(): this {
    return this.start("listen", { transport: "tcp", address: SERVER })
      .end({ socket: 1, local: SERVER });
  }

  accept(socket = 2, remote = CLIENT): this {
    return this.start("accept", { socket: 1 })
      .end({ socket, local: SERVER, remote });
  }

  connect(local = CLIENT): this {
    return this.start("connect", { transport: "tcp", address: SERVER })
      .end({ socket: 1, local, remote: SERVER });
  }

  write(data: string | Uint8Array, socket: number): this {
    const { size, bytes } = content(data);
    return this.start("write", { socket, size, bytes }).end({ count: size });
  }

  read(data: string | Uint8Array, socket: number): this {
    const { size, bytes } = content(data);
    return this.start("read", { socket, room: 1024 })
      .end({ count: size, bytes });
  }

  readEnd(socket: number): this {
    return this.start("read", { socket, room: 1024 }).end({ count: null });
  }

  bind(local: string): this {
    return this.start("bind", { transport: "udp", address: local })
      .end({ socket: 1, local });
  }

  send(data: string, address: string, copies?: number): this {
    const { size, bytes } = content(data);
    return this.start("send", { socket: 1, address, size, bytes })
      .end({ count: size, copies });
  }

  receive(data: string, from: string, room = 65507): this {
    const { size, bytes } = content(data);
    return this.start("receive", { socket: 1, room })
      .end({ count: size, from, bytes });
  }

  get text(): string {
    return this.lines.map((line) => `${line}\n`).join("");
  }
}

/** What is read of recordings, some of them still text. */
export function recordingsOf(
  ...parts: readonly (Log | Recording | string)[]
): Recording[] {
  return parts.flatMap((part) => {
    if (typeof part === "string") return readRecordings(part);
    return part instanceof Log ? readRecordings(part.text) : part;
  });
}

/** Bytes as a recording has them. */
export function content(data: string | Uint8Array) {
  const bytes = typeof data === "string"
    ? new TextEncoder().encode(data)
    : data;
  return { size: bytes.length, bytes: bytes.toBase64() };
}

/** The rows between head and foot, the rails taken off. */
export function rows(
  parts: readonly (Log | Recording | string)[],
  how: Layout & { order?: Order } = {},
): string[] {
  const { order, ...layout } = how;
  const recordings = recordingsOf(...parts);
  const { text } = draw(
    recordings,
    "a test",
    { times: false, ...layout },
    order,
  );
  const lines = stripAnsiCode(text).split("\n");
  for (const line of lines) {
    assert(columns(line) <= 80, `more than 80 columns: ${line}`);
  }
  const rows = lines.filter((line) => line.startsWith("│"));
  for (const row of rows) assertEquals(columns(row), 80, row);
  return rows.map((row) => row.slice(2, -2).trim().replace(/─+/, "──"));
}
