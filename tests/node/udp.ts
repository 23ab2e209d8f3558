/**
 * `Deno.listenDatagram` over `node:dgram`.
 *
 * @module
 */
import dgram from "node:dgram";
import { errors, translate } from "./errors.ts";

/** An address of the network. */
interface Address {
  readonly transport: "udp";
  readonly hostname: string;
  readonly port: number;
}

/** A datagram socket. */
class DatagramConn implements Disposable {
  readonly addr: Address;
  readonly #socket: dgram.Socket;
  readonly #arrived: (readonly [Uint8Array, Address])[] = [];
  #isClosed = false;
  #news = Promise.withResolvers<void>();

  constructor({ hostname, port }: Omit<Address, "transport">) {
    // An address needs no look-up; answered at once, the socket is bound when bind() returns.
    this.#socket = dgram.createSocket({
      type: "udp4",
      lookup: (name, _, done) => done(null, name, 4),
    });
    let failed: unknown;
    this.#socket.on("error", (error) => failed = error);
    this.#socket.bind(port, hostname);
    if (failed !== undefined) throw translate(failed);
    const { address, port: real } = this.#socket.address();
    this.addr = { transport: "udp", hostname: address, port: real };
    this.#socket.on("message", (bytes, from) => {
      const sender = { hostname: from.address, port: from.port };
      this.#arrived.push([
        new Uint8Array(bytes),
        { transport: "udp", ...sender },
      ]);
      this.#tell();
    });
  }

  async receive(buffer?: Uint8Array): Promise<[Uint8Array, Address]> {
    while (true) {
      if (this.#isClosed) throw new errors.Interrupted("operation canceled");
      const [bytes, from] = this.#arrived.shift() ?? [];
      if (bytes && from) return [bytes.subarray(0, buffer?.length), from];
      await this.#news.promise;
    }
  }

  async send(bytes: Uint8Array, to: Address): Promise<number> {
    if (this.#isClosed) throw new errors.BadResource("Bad resource ID");
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#socket.send(
      bytes,
      to.port,
      to.hostname,
      (error, count) => error ? reject(translate(error)) : resolve(count),
    );
    return await promise;
  }

  close(): void {
    this.#isClosed = true;
    this.#socket.close();
    this.#tell();
  }

  #tell(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }

  [Symbol.dispose](): void {
    if (!this.#isClosed) this.close();
  }
}

/** `Deno.listenDatagram`. */
export function listenDatagram(
  { hostname = "127.0.0.1", port }: {
    readonly hostname?: string;
    readonly port: number;
  },
): DatagramConn {
  return new DatagramConn({ hostname, port });
}
