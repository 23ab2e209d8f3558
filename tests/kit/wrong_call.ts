/**
 * A client that is called with words that it does not know.
 *
 * @module
 */
import type { ClientActor, ServerPeer } from "./actors.ts";
import type { Script } from "./script.ts";
import { TcpPeer } from "./tcp_peer.ts";

/**
 * The client ends with exit code 2 for each of these calls, and asks the server for nothing.
 *
 * @throws {Failure} Where it does not; what it sent instead is then in the verdict.
 */
export async function refusesWords(
  script: Script,
  ...calls: (readonly string[])[]
): Promise<void> {
  const started: [ClientActor, ServerPeer][] = [];
  for (const words of calls) {
    const server = await script.listen();
    started.push([await script.startClient(server, words), server]);
  }
  for (const [i, [client, server]] of started.entries()) {
    await script.step(
      `${client.label} sends nothing for ${calls[i]?.join(" ")}`,
      () => sendsNothing(script, client, server),
    );
    await client.gives(2);
  }
}

async function sendsNothing(
  script: Script,
  client: ClientActor,
  server: ServerPeer,
): Promise<void> {
  const ended = client.program.exits().then(() => undefined);
  const wire = await Promise.race([server.accept(), ended]);
  if (wire === undefined) return;
  script.onEnd(() => wire.close());
  const peer = new TcpPeer(wire, client.label, "the server");
  await peer.expectEnd("end with exit code 2");
}
