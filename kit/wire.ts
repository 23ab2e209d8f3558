/**
 * One end of a TCP connection as the scripted peers hold it.
 *
 * Two kinds stand behind one interface. `Deno.TcpConn` cannot reset a
 * connection, `node:net` can; but `node:net` takes 50 ms to load, so it serves
 * only the cases that reset.
 *
 * @module
 */
import type { Socket } from "node:net";
import { formatAddress } from "@lessons/program.ts";

/** One end of a connection. */
export interface Wire {
  /** The address of this end, `127.0.0.1:54321`; at a path the connecting end has none. */
  readonly address: string;
  /** Whether this end has neither closed nor reset it. */
  readonly isOpen: boolean;
  /** Writes all the bytes. */
  write(bytes: Uint8Array): Promise<void>;
  /** The next bytes, or `null` at the end of the stream. */
  read(): Promise<Uint8Array | null>;
  /** Half-close: no more bytes from here, the other direction stays open. */
  closeWrite(): Promise<void>;
  /** Breaks the connection off with a reset (RFC 9293, 3.5.2), as a crash does. */
  reset(): Promise<void>;
  /** Closes; a second call does nothing. */
  close(): void;
}

/** A {@linkcode Wire} over Deno's own connection. */
export class DenoWire implements Wire {
  readonly address: string;
  isOpen = true;

  /** Takes a connection over: from now on this wire closes it. */
  constructor(readonly conn: Deno.TcpConn | Deno.UnixConn) {
    this.address = formatAddress(conn.localAddr);
    if ("setNoDelay" in conn) conn.setNoDelay(); // each write leaves at once, so that a plan's cuts are cuts
  }

  async write(bytes: Uint8Array): Promise<void> {
    let offset = 0;
    while (offset < bytes.length) {
      offset += await this.conn.write(bytes.subarray(offset));
    }
  }

  async read(): Promise<Uint8Array | null> {
    const buffer = new Uint8Array(64 * 1024);
    const count = await this.conn.read(buffer);
    return count === null ? null : buffer.subarray(0, count);
  }

  async closeWrite(): Promise<void> {
    await this.conn.closeWrite();
  }

  reset(): Promise<void> {
    throw new Error(
      "Cannot reset: ask for a wire that can, { canReset: true }",
    );
  }

  close(): void {
    if (this.isOpen) this.conn.close();
    this.isOpen = false;
  }
}

/** A {@linkcode Wire} over `node:net`, which can reset. */
export class NodeWire implements Wire {
  readonly address: string;
  isOpen = true;
  readonly #chunks: (Uint8Array | null)[] = [];
  #error: Error | undefined;
  #news = Promise.withResolvers<void>();
  readonly #closed: Promise<void>;

  /** Takes a connected socket over: from now on this wire closes it. */
  constructor(readonly socket: Socket) {
    this.address = `${socket.localAddress}:${socket.localPort}`;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Uint8Array) => this.#take(chunk));
    socket.on("end", () => this.#take(null));
    socket.on("error", (error) => {
      this.#error = error;
      this.#take(null);
    });
    this.#closed = new Promise((resolve) =>
      socket.on("close", () => resolve())
    );
  }

  async write(bytes: Uint8Array): Promise<void> {
    await new Promise<void>((resolve, reject) =>
      this.socket.write(
        bytes,
        (error) => error ? reject(error) : resolve(),
      )
    );
  }

  async read(): Promise<Uint8Array | null> {
    while (this.#chunks.length === 0) await this.#news.promise;
    if (this.#chunks[0] === null) {
      if (this.#error) throw this.#error;
      return null;
    }
    return this.#chunks.shift() ?? null;
  }

  async closeWrite(): Promise<void> {
    await new Promise<void>((resolve) => this.socket.end(() => resolve()));
  }

  async reset(): Promise<void> {
    this.isOpen = false;
    this.socket.resetAndDestroy();
    await this.#closed;
  }

  close(): void {
    this.isOpen = false;
    this.socket.destroy();
  }

  #take(chunk: Uint8Array | null): void {
    this.#chunks.push(chunk);
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }
}
