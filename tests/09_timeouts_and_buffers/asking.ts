/**
 * Clients under test, and the servers that they ask.
 *
 * @module
 */
import type { MetClient } from "../../kit/cases.ts";
import type { Script } from "../../kit/script.ts";
import type { ServerPeer } from "../../kit/server_peer.ts";
import { connects } from "./steps.ts";

/** For clients that are answered: a busy machine's late answer is no time-out. */
export const PATIENT = ["--timeout", "60000"];

/** A client whose first line is typed, and the scripted server that it asks. */
export async function asked(
  script: Script,
  args: readonly string[],
  ...typed: string[]
): Promise<MetClient> {
  const server = await script.listen();
  const client = await script.startClient(server, args);
  await client.hearsMany(typed);
  const { conn } = await connects({ client, server });
  await conn.gets(`1 ${typed[0]}\n`);
  return { script, client, server, conn };
}

/** Where a client is sent. */
export function at(port: number): Pick<ServerPeer, "address" | "place"> {
  const address = { hostname: "127.0.0.1", port };
  return { address, place: address };
}

/** What the client says of a line that it has given up. */
export function noAnswer(
  line: number,
  { address: { hostname, port } }: Pick<ServerPeer, "address">,
  how: string,
): string {
  return `error: no answer to line ${line} from ${hostname}:${port} ${how}`;
}

/** A listener that nobody accepts from, and whose queue has no place left. */
export async function withFullQueue(
  script: Script,
): Promise<Pick<ServerPeer, "address" | "place">> {
  return await script.step(
    "a server listens whose queue is full",
    async (add) => {
      const listener = Deno.listen({
        hostname: "127.0.0.1",
        port: 0,
        tcpBacklog: 0,
      });
      script.onEnd(() => listener.close());
      const { port } = listener.addr;
      const first = await Deno.connect({ hostname: "127.0.0.1", port });
      script.onEnd(() => first.close());
      add(` on 127.0.0.1:${port}`);
      return at(port);
    },
  );
}
