/**
 * `Deno.listen` and `Deno.connect` over `node:net`.
 *
 * @module
 */
import net from "node:net";
import { getSystemErrorName } from "node:util";
import { errors, systemError, translate } from "./errors.ts";

/** An address of the network. */
interface Address {
  readonly transport: "tcp";
  readonly hostname: string;
  readonly port: number;
}

/** Where somebody wants to listen or to connect. */
interface Options {
  readonly hostname?: string;
  readonly port: number;
  readonly tcpBacklog?: number;
  readonly signal?: AbortSignal;
}

/** What Node's `net` binds a listener with: synchronously, as `Deno.listen` does. */
interface Handle {
  listen(backlog: number): number;
}

/** How many connections may wait, unless told otherwise; Deno's number. */
const BACKLOG = 511;

/** A connection. */
class Conn implements Disposable {
  readonly #socket: net.Socket;
  readonly localAddr: Address;
  readonly remoteAddr: Address;
  #error: unknown;
  #isClosed = false;
  #hasEnded = false;
  #news = Promise.withResolvers<void>();

  constructor(socket: net.Socket) {
    this.#socket = socket;
    const { localAddress = "", localPort = 0 } = socket;
    const { remoteAddress = "", remotePort = 0 } = socket;
    this.localAddr = tcp(localAddress, localPort);
    this.remoteAddr = tcp(remoteAddress, remotePort);
    const tell = () => {
      this.#news.resolve();
      this.#news = Promise.withResolvers();
    };
    socket.on("readable", tell);
    socket.on("end", () => {
      this.#hasEnded = true;
      tell();
    });
    socket.on("error", (error) => {
      this.#error = error;
      tell();
    });
    socket.on("close", tell);
  }

  async read(buffer: Uint8Array): Promise<number | null> {
    while (true) {
      if (this.#isClosed) throw new errors.Interrupted("operation canceled");
      const { readableLength } = this.#socket;
      const count = Math.min(buffer.length, readableLength);
      const bytes = count > 0 ? this.#socket.read(count) : null;
      if (bytes !== null) {
        buffer.set(bytes);
        return bytes.length;
      }
      if (this.#hasEnded) return null;
      if (this.#error !== undefined) throw translate(this.#error);
      this.#socket.read(0); // asks for more
      await this.#news.promise;
    }
  }

  async write(bytes: Uint8Array): Promise<number> {
    if (this.#isClosed) throw new errors.BadResource("Bad resource ID");
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#socket.write(bytes, (error) => error ? reject(error) : resolve());
    try {
      await promise;
      return bytes.length;
    } catch (error) {
      throw translate(this.#error ?? error);
    }
  }

  async closeWrite(): Promise<void> {
    if (this.#socket.destroyed) throw new errors.NotConnected("not connected");
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#socket.end(() => resolve());
    this.#socket.once("close", () => resolve());
    await promise;
  }

  setNoDelay(isOn = true): void {
    this.#socket.setNoDelay(isOn);
  }

  setKeepAlive(isOn = true): void {
    this.#socket.setKeepAlive(isOn);
  }

  close(): void {
    if (this.#isClosed) throw new errors.BadResource("Bad resource ID");
    this.#isClosed = true;
    this.#socket.destroy();
    this.#news.resolve();
  }

  [Symbol.dispose](): void {
    if (!this.#isClosed) this.close();
  }
}

/** A listener. */
class Listener implements Disposable {
  readonly addr: Address;
  readonly #server: net.Server;
  readonly #arrived: Conn[] = [];
  #isClosed = false;
  #news = Promise.withResolvers<void>();

  constructor({ hostname = "0.0.0.0", port, tcpBacklog = BACKLOG }: Options) {
    const options = { allowHalfOpen: true, pauseOnConnect: false };
    this.#server = net.createServer(options, (socket) => {
      this.#arrived.push(new Conn(socket));
      this.#news.resolve();
      this.#news = Promise.withResolvers();
    });
    const handle = bind(hostname, port);
    const failed = handle.listen(tcpBacklog);
    if (failed < 0) throw systemError(getSystemErrorName(failed), "listen");
    this.#server.listen(handle, tcpBacklog);
    const address = this.#server.address();
    if (address === null || typeof address === "string") {
      throw new TypeError("Cannot listen: the system gave no address");
    }
    this.addr = tcp(address.address, address.port);
  }

  async accept(): Promise<Conn> {
    while (true) {
      if (this.#isClosed) throw new errors.BadResource("Listener is closed");
      const conn = this.#arrived.shift();
      if (conn) return conn;
      await this.#news.promise;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Conn> {
    while (!this.#isClosed) yield await this.accept();
  }

  close(): void {
    this.#isClosed = true;
    this.#server.close();
    for (const conn of this.#arrived) conn.close();
    this.#news.resolve();
  }

  [Symbol.dispose](): void {
    if (!this.#isClosed) this.close();
  }
}

/** A socket that is bound to an address. Node does it for `listen` too, in a function with no public name. */
function bind(hostname: string, port: number): Handle {
  const create: unknown = Reflect.get(net, "_createServerHandle");
  if (typeof create !== "function") {
    throw new TypeError("Cannot listen: this Node binds in another way");
  }
  const handle: Handle | number = create(hostname, port, 4, undefined, 0);
  if (typeof handle !== "number") return handle;
  throw systemError(getSystemErrorName(handle), "bind");
}

function tcp(hostname: string, port: number): Address {
  return { transport: "tcp", hostname, port };
}

/** `Deno.listen`. */
export function listen(options: Options): Listener {
  return new Listener(options);
}

/** `Deno.connect`. */
export async function connect(
  { hostname = "127.0.0.1", port, signal }: Options,
): Promise<Conn> {
  const { promise, resolve, reject } = Promise.withResolvers<Conn>();
  const options = { host: hostname, port, allowHalfOpen: true };
  const socket = net.connect({ ...options, ...(signal ? { signal } : {}) });
  socket.once("error", (error) => reject(translate(error)));
  socket.once("connect", () => resolve(new Conn(socket)));
  return await promise;
}
