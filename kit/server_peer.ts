/**
 * A scripted server on TCP: it waits for the client under test.
 *
 * @module
 */
import {
  type Address,
  formatAddress,
  type PathAddress,
  type Place,
} from "@lessons/program.ts";
import type { Scene } from "./scene.ts";
import { DenoWire, NodeWire, type Wire } from "./wire.ts";

/** A scripted server that waits for the client under test. */
export class ServerPeer {
  /** Whether it does not mind a caller whom nobody has accepted at the end. */
  mayBeCalled = false;

  private constructor(
    /** Where it listens. */
    readonly place: Place,
    /** Waits for the next client. */
    readonly accept: () => Promise<Wire>,
    /** Whether somebody has connected whom nobody has accepted, where that can be seen. */
    readonly hasCallers: () => Promise<boolean> = () => Promise.resolve(false),
  ) {}

  /** Where it listens on the network. */
  get address(): Address {
    const { place } = this;
    if (!("path" in place)) return place;
    throw new Error("Cannot say at which port: it has a path");
  }

  /** Over Deno's own listener. @param where A port, or a path. */
  static plain(scene: Scene, where: number | PathAddress = 0): ServerPeer {
    if (typeof where !== "number") {
      return ServerPeer.#over(scene, Deno.listen(where), where);
    }
    const address = { hostname: "127.0.0.1", port: where };
    const listener = Deno.listen(address);
    const { port } = listener.addr;
    return ServerPeer.#over(scene, listener, { ...address, port });
  }

  static #over(
    scene: Scene,
    listener: Deno.Listener<Deno.TcpConn | Deno.UnixConn>,
    place: Place,
  ): ServerPeer {
    let isOpen = true;
    const close = () => {
      if (isOpen) listener.close();
      isOpen = false;
    };
    scene.onEnd(close);
    // One accept at a time: one that nobody waits for any more would take the next client.
    let pending: Promise<Deno.TcpConn | Deno.UnixConn> | undefined;
    const next = () =>
      pending ??= listener.accept().finally(() => pending = undefined);
    const server = new ServerPeer(
      place,
      async () => new DenoWire(await next()),
      async () => isOpen && await hasCallers(place, next),
    );
    scene.actors.push(server);
    return server;
  }

  /** Over `node:net`, whose connections can be reset. */
  static async withReset(scene: Scene): Promise<ServerPeer> {
    const net = await import("node:net");
    const waiting = Promise.withResolvers<Wire>();
    // A client that half-closes still wants its answers: without this option Node would end the other direction, too.
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
      waiting.resolve(new NodeWire(socket));
    });
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", () => resolve())
    );
    scene.onEnd(() => server.close());
    const address = server.address();
    if (address === null || typeof address === "string") {
      throw new Error("Cannot tell the port of a scripted server");
    }
    return new ServerPeer(
      { hostname: "127.0.0.1", port: address.port },
      () => waiting.promise,
    );
  }
}

/** Callers wait in the order in which they came. So it connects to itself and looks whether that is the first. */
async function hasCallers(
  place: Place,
  next: () => Promise<Deno.Conn>,
): Promise<boolean> {
  const coming = next();
  if (!("path" in place)) {
    using own = await Deno.connect(place);
    using first = await coming;
    return formatAddress(first.remoteAddr) !== formatAddress(own.localAddr);
  }
  // Who calls at a path has no address: so it is known by what it says. Any other caller has ended.
  using own = await Deno.connect(place);
  using first = await coming;
  const word = crypto.getRandomValues(new Uint8Array(16));
  await own.write(word);
  const heard = new Uint8Array(word.length);
  const count = await first.read(heard).catch(() => null);
  return count === null || heard.some((byte, i) => byte !== word[i]);
}
