/**
 * A socket of Deno, read with `for await` from its first moment to its last.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { AnySocket, Came, Where } from "./line.ts";

/** A socket that can be waited for. */
export class DenoSocket implements AnySocket {
  #socket: Deno.DatagramConn | undefined;
  readonly #came: Came[] = [];
  #news = Promise.withResolvers<void>();

  /** Binds it. @returns Its port. */
  // deno-lint-ignore require-await -- what goes wrong is for whoever waits
  async bind(port = 0): Promise<number> {
    const socket = Deno.listenDatagram({
      ...{ hostname: "127.0.0.1", port, transport: "udp" },
    });
    this.#socket = socket;
    this.#listen(socket);
    return "port" in socket.addr ? socket.addr.port : 0;
  }

  async #listen(socket: Deno.DatagramConn): Promise<void> {
    for await (const [bytes, from] of socket) {
      if (from.transport !== "udp") continue;
      const { hostname: address, port } = from;
      this.#came.push({ bytes: Buffer.from(bytes), from: { address, port } });
      this.#news.resolve();
    }
  }

  /** Sends bytes. */
  send(bytes: Uint8Array, { address: hostname, port }: Where): void {
    this.#socket?.send(bytes, { hostname, port, transport: "udp" })
      .catch(() => {});
  }

  /** The next datagram, or `undefined` where none comes within so many milliseconds. */
  async next(ms: number): Promise<Came | undefined> {
    if (this.#came.length === 0) {
      this.#news = Promise.withResolvers();
      const timer = ms === Infinity
        ? undefined
        : setTimeout(this.#news.resolve, ms);
      await this.#news.promise;
      clearTimeout(timer);
    }
    return this.#came.shift();
  }

  /** Closes it. */
  close(): void {
    this.#socket?.close();
  }
}
