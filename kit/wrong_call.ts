/**
 * A client that is called with words that make no request.
 *
 * @module
 */
import type { ClientActor } from "./actors.ts";
import type { Case } from "./case.ts";
import { end } from "./expectations/end.ts";
import { Inbox } from "./inbox.ts";
import type { Script } from "./script.ts";
import type { ServerPeer } from "./server_peer.ts";

/**
 * The client ends with exit code 2, and sends the server nothing.
 *
 * A client that takes the words for a request fails by what it sent, not by
 * waiting for a reply.
 */
export function refusesWords(...words: string[]): Case {
  return {
    name: `client refuses to be called with ${words.join(" ")}`,
    role: "client",
    async script(script) {
      const server = await script.listen();
      const client = await script.startClient(server, words);
      await script.step(
        `${client.label} sends nothing`,
        () => sendsNothing(script, client, server),
      );
      await client.gives(2);
    },
  };
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
  const { label } = client;
  const inbox = new Inbox(wire, label, "the server", script.patience);
  await end("sends nothing", "end with exit code 2").take(inbox);
}
