/**
 * A scripted server on TCP: it waits for the client under test.
 *
 * @module
 */
import { type Address, formatAddress } from "@lessons/program.ts";
import type { Scene } from "./scene.ts";
import { DenoWire, NodeWire, type Wire } from "./wire.ts";

/** A scripted server that waits for the client under test. */
export class ServerPeer {
  /** Whether it does not mind a caller whom nobody has accepted at the end. */
  mayBeCalled = false;

  private constructor(
    /** Where it listens. */
    readonly address: Address,
    /** Waits for the next client. */
    readonly accept: () => Promise<Wire>,
    /** Whether somebody has connected whom nobody has accepted, where that can be seen. */
    readonly hasCallers: () => Promise<boolean> = () => Promise.resolve(false),
  ) {}

  /** Over Deno's own listener. */
  static plain(scene: Scene, port = 0): ServerPeer {
    const listener = Deno.listen({ hostname: "127.0.0.1", port });
    let isOpen = true;
    const close = () => {
      if (isOpen) listener.close();
      isOpen = false;
    };
    scene.onEnd(close);
    // One accept at a time: one that nobody waits for any more would take the next client.
    let pending: Promise<Deno.TcpConn> | undefined;
    const next = () =>
      pending ??= listener.accept().finally(() => pending = undefined);
    const server = new ServerPeer(
      { hostname: "127.0.0.1", port: listener.addr.port },
      async () => new DenoWire(await next()),
      async () => isOpen && await hasCallers(listener, next),
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
  { addr: { hostname, port } }: Deno.TcpListener,
  next: () => Promise<Deno.TcpConn>,
): Promise<boolean> {
  const coming = next();
  using own = await Deno.connect({ hostname, port });
  using first = await coming;
  return formatAddress(first.remoteAddr) !== formatAddress(own.localAddr);
}
