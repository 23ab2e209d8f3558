/**
 * A socket of node:dgram, whose datagrams wait in a list.
 *
 * @module
 */
import dgram from "node:dgram";
import type { AnySocket, Came, Where } from "./line.ts";

/** A socket that can be waited for. */
export class NodeSocket implements AnySocket {
  readonly #socket = dgram.createSocket("udp4");
  readonly #came: Came[] = [];
  #wake = () => {};

  /** Not bound yet. */
  constructor() {
    this.#socket.on("message", (bytes, { address, port }) => {
      this.#came.push({ bytes, from: { address, port } });
      this.#wake();
    });
  }

  /** Binds it. @returns Its port. */
  async bind(port = 0): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#socket.once("error", reject);
      this.#socket.bind(port, "127.0.0.1", resolve);
    });
    return this.#socket.address().port;
  }

  /** Sends bytes. */
  send(bytes: Uint8Array, to: Where): void {
    this.#socket.send(bytes, to.port, to.address);
  }

  /** The next datagram, or `undefined` where none comes within so many milliseconds. */
  async next(ms: number): Promise<Came | undefined> {
    if (this.#came.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = ms === Infinity ? undefined : setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.#came.shift();
  }

  /** Closes it. */
  close(): void {
    this.#socket.close();
  }
}
