/**
 * A relay between a client and a server of which one, or both, cannot be loaded
 * with the tap: programs in other languages.
 *
 * It sees the bytes pass, and not the calls: what it notes as a program's
 * `write` may have been two, and what it notes as a `read` may have been read
 * in pieces. That a program ends its sending is seen, whether by `closeWrite`
 * or `close`, is not.
 *
 * @module
 */
import { type Address, formatAddress, type Place } from "@lessons/program.ts";
import {
  type Call,
  MOST_CALLS,
  MOST_CONTENT,
  MOST_PRINTED,
  MOST_TOTAL,
  type Recording,
} from "./recording.ts";
import { withoutSecrets } from "./secrets.ts";

/** How much is passed on at a time, in bytes. */
const PIECE = 64 * 1024;

/** A call as it is noted, but for its number and its times. */
export type Noted = Call extends infer C
  ? C extends Call ? Omit<C, "seq" | "start" | "end"> : never
  : never;

/** What the relay notes for one program. */
export class Notes {
  #calls = 0;
  #sockets = 0;
  #kept = 0;

  /** Nothing yet. @param recording Gets what is noted. */
  constructor(readonly recording: Recording) {}

  /** A number for a socket. */
  socket(): number {
    return ++this.#sockets;
  }

  /** Notes a call that has just returned. */
  call(noted: Noted): void {
    const { moments, skipped } = this.recording;
    if (this.#calls >= MOST_CALLS) {
      skipped.calls++;
      return;
    }
    const at = now();
    const seq = ++this.#calls;
    const call = { ...this.#cut(noted), seq, start: at, end: at };
    moments.push({ type: "start", at, call }, { type: "end", at, call });
  }

  /** Notes what the program must have done before all else. */
  begin(noted: Noted): void {
    this.call(noted);
    const { moments } = this.recording;
    const begun = moments.splice(-2);
    const at = moments[0]?.at ?? now();
    moments.unshift(...begun.map((moment) => ({ ...moment, at })));
  }

  /** Notes a line that the program printed. */
  print(stream: "stdout" | "stderr", line: string): void {
    if (this.#calls >= MOST_CALLS) return;
    const text = line.slice(0, MOST_PRINTED);
    this.recording.moments.push({ type: "print", at: now(), stream, text });
  }

  /** Leaves bytes out past the limits of a recording. */
  #cut(noted: Noted): Noted {
    if (!("bytes" in noted) || noted.bytes === undefined) return noted;
    const { length } = noted.bytes;
    if (length > MOST_CONTENT || this.#kept + length > MOST_TOTAL) {
      const { bytes: _, ...rest } = noted;
      return rest;
    }
    this.#kept += length;
    return { ...noted, bytes: withoutSecrets(noted.bytes.slice()) };
  }
}

/** Stands between clients and a server on this machine, and passes on what comes. */
export abstract class Relay implements Disposable {
  /** What the server does; absent where it has a tap of its own. */
  server?: Notes;
  /** What the client does that connects next; absent where it has a tap of its own. */
  client?: Notes;
  readonly #names: [from: string, to: string][] = [];

  /** A relay that passes nothing on yet. @param target The server's address. */
  protected constructor(readonly target: Place) {}

  /** Where clients find it. */
  abstract readonly address: Place;

  /** Opens one in front of a server. One at a path stands beside that path. */
  static open(transport: string, target: Place): Relay {
    if ("path" in target) {
      const address = { ...target, path: `${target.path}.relay` };
      return new StreamRelay(target, Deno.listen(address), address);
    }
    if (transport === "UDP") return new UdpRelay(target);
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    return new StreamRelay(target, listener, listener.addr);
  }

  /** Ends it: what is on its way is lost. */
  abstract [Symbol.dispose](): void;

  /**
   * What programs printed, with the addresses that they would have printed
   * without a relay: those that the calls in the recordings have.
   */
  plainly(printed: string): string {
    const [hidden, shown] = this.#ends;
    return [...this.#names, [formatAddress(hidden), formatAddress(shown)]]
      .reduce(
        (text, [from = "", to = ""]) => text.replaceAll(from, to),
        printed,
      );
  }

  /** The server's address that nobody shall see, and the one that stands for it: the tap of the other side knows that. */
  get #ends(): [hidden: Place, shown: Place] {
    const { address, target } = this;
    return this.server === undefined ? [address, target] : [target, address];
  }

  /** The addresses of a way through it, as the recordings name them. */
  protected meet(
    caller: Deno.Addr,
    outgoing: Deno.Addr,
  ): { readonly client: string; readonly server: string } {
    // The side that has a tap knows its own address and the relay's.
    const isTapped = this.server === undefined;
    const [hidden, shown] = isTapped ? [caller, outgoing] : [outgoing, caller];
    const [, server] = this.#ends;
    // At a path the connecting ends have no addresses: there is nothing to put in their place.
    if ("path" in server) return { client: "", server: server.path };
    this.#names.push([formatAddress(hidden), formatAddress(shown)]);
    return { client: formatAddress(shown), server: formatAddress(server) };
  }
}

/** For connections: on TCP, or at a path. */
class StreamRelay extends Relay {
  readonly #conns: Deno.Conn[] = [];
  #socket = 0;

  constructor(
    target: Place,
    readonly listener: Deno.Listener,
    readonly address: Place,
  ) {
    super(target);
    this.#accept();
  }

  async #accept(): Promise<void> {
    while (true) {
      let caller: Deno.Conn;
      try {
        caller = await this.listener.accept();
      } catch {
        return; // closed: the run is over
      }
      this.#conns.push(caller);
      this.#pass(caller).catch(() => {}); // one of the two has gone: the other is told by its end
    }
  }

  async #pass(caller: Deno.Conn): Promise<void> {
    const { server, client } = this;
    const { target } = this;
    const called = "path" in target
      ? await Deno.connect(target)
      : await Deno.connect(target);
    const transport = "path" in target ? "unix" : "tcp";
    this.#conns.push(called);
    const names = this.meet(caller.remoteAddr, called.localAddr);
    const from = client?.socket() ?? 0;
    client?.call({
      ...{ call: "connect", transport, address: names.server },
      ...{ socket: from, local: names.client, remote: names.server },
    });
    if (server && this.#socket === 0) {
      this.#socket = server.socket();
      const local = names.server;
      server.begin({
        ...{ call: "listen", transport, address: local },
        ...{ socket: this.#socket, local },
      });
    }
    const to = server?.socket() ?? 0;
    server?.call({
      ...{ call: "accept", listener: this.#socket, socket: to },
      ...{ local: names.server, remote: names.client },
    });
    const there = { conn: called, notes: server, socket: to };
    const here = { conn: caller, notes: client, socket: from };
    await Promise.all([pump(here, there), pump(there, here)]);
  }

  [Symbol.dispose](): void {
    this.listener.close();
    for (const conn of this.#conns) conn.close();
  }
}

/** One end of a connection through the relay: a program, as the relay sees it. */
interface End {
  readonly conn: Deno.Conn;
  readonly notes: Notes | undefined;
  readonly socket: number;
}

/** Passes on what one program sends, until it has done. */
async function pump(from: End, to: End): Promise<void> {
  const buffer = new Uint8Array(PIECE);
  while (true) {
    const count = await from.conn.read(buffer);
    if (count === null) break;
    const bytes = buffer.subarray(0, count);
    const { socket } = from;
    from.notes?.call({ call: "write", socket, size: count, count, bytes });
    for (let sent = 0; sent < count;) {
      sent += await to.conn.write(bytes.subarray(sent));
    }
    to.notes?.call({
      ...{ call: "read", socket: to.socket, room: PIECE, count, bytes },
    });
  }
  from.notes?.call({ call: "closeWrite", socket: from.socket });
  await to.conn.closeWrite();
  to.notes?.call({ call: "read", socket: to.socket, room: PIECE, count: null });
}

class UdpRelay extends Relay {
  readonly #socket = openUdp();
  readonly #callers = new Map<string, Caller>();
  readonly address = net(this.#socket.addr);
  #serverSocket = 0;

  constructor(override readonly target: Address) {
    super(target);
    this.#receive();
  }

  async #receive(): Promise<void> {
    try {
      while (true) {
        const [bytes, from] = await this.#socket.receive(new Uint8Array(PIECE));
        const caller = this.#callerOf(net(from));
        const { notes, socket, names } = caller;
        const size = bytes.length;
        notes?.call({
          ...{ call: "send", socket, address: names.server, size, bytes },
          count: size,
        });
        await caller.outgoing.send(bytes, udp(this.target));
        this.server?.call({
          ...{ call: "receive", socket: this.#serverSocket, room: PIECE },
          ...{ from: names.client, count: size, bytes },
        });
      }
    } catch {
      // closed: the run is over
    }
  }

  /** Who sends from an address; at the first datagram somebody new. */
  #callerOf(from: Deno.NetAddr): Caller {
    const address = formatAddress(from);
    const known = this.#callers.get(address);
    if (known) return known;
    const outgoing = openUdp();
    const names = this.meet(from, net(outgoing.addr));
    const socket = this.client?.socket() ?? 0;
    this.client?.call({
      ...{ call: "bind", transport: "udp", address: "127.0.0.1:0", socket },
      local: names.client,
    });
    if (this.server && this.#serverSocket === 0) {
      this.#serverSocket = this.server.socket();
      const local = names.server;
      this.server.begin({
        ...{ call: "bind", transport: "udp", address: local, local },
        socket: this.#serverSocket,
      });
    }
    const caller = { outgoing, names, socket, notes: this.client };
    this.#callers.set(address, caller);
    this.#answer(caller, from);
    return caller;
  }

  async #answer(caller: Caller, to: Deno.NetAddr): Promise<void> {
    const { outgoing, names, socket, notes } = caller;
    try {
      while (true) {
        const [bytes] = await outgoing.receive(new Uint8Array(PIECE));
        const size = bytes.length;
        this.server?.call({
          ...{ call: "send", socket: this.#serverSocket, size, bytes },
          ...{ address: names.client, count: size },
        });
        await this.#socket.send(bytes, to);
        notes?.call({
          ...{ call: "receive", socket, room: PIECE, count: size, bytes },
          from: names.server,
        });
      }
    } catch {
      // closed: the run is over
    }
  }

  [Symbol.dispose](): void {
    this.#socket.close();
    for (const { outgoing } of this.#callers.values()) outgoing.close();
  }
}

/** A client of a UDP relay, with the socket that speaks to the server for it. */
interface Caller {
  readonly outgoing: Deno.DatagramConn;
  readonly names: { readonly client: string; readonly server: string };
  readonly socket: number;
  readonly notes: Notes | undefined;
}

function openUdp(): Deno.DatagramConn {
  return Deno.listenDatagram({
    ...{ transport: "udp", hostname: "127.0.0.1", port: 0 },
  });
}

/** An address of the network, which that of a datagram socket here always is. */
function net(address: Deno.Addr): Deno.NetAddr {
  if ("hostname" in address) return address;
  throw new TypeError("Cannot relay: this is no address of the network");
}

function udp({ hostname, port }: Address): Deno.NetAddr {
  return { transport: "udp", hostname, port };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
