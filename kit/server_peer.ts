/**
 * A scripted server on TCP: it waits for the client under test.
 *
 * @module
 */
import type { Address } from "@lessons/program.ts";
import type { Scene } from "./scene.ts";
import { DenoWire, NodeWire, type Wire } from "./wire.ts";

/** A scripted server that waits for the client under test. */
export class ServerPeer {
  private constructor(
    /** Where it listens. */
    readonly address: Address,
    /** Waits for the next client. */
    readonly accept: () => Promise<Wire>,
  ) {}

  /** Over Deno's own listener. */
  static plain(scene: Scene, port = 0): ServerPeer {
    const listener = Deno.listen({ hostname: "127.0.0.1", port });
    scene.onEnd(() => listener.close());
    return new ServerPeer(
      { hostname: "127.0.0.1", port: listener.addr.port },
      async () => new DenoWire(await listener.accept()),
    );
  }

  /** Over `node:net`, whose connections can be reset. */
  static async withReset(scene: Scene): Promise<ServerPeer> {
    const net = await import("node:net");
    const waiting = Promise.withResolvers<Wire>();
    const server = net.createServer((socket) => {
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
