/**
 * What the scripted peers of this check do again and again.
 *
 * @module
 */
import type { ServerActor } from "../../kit/actors.ts";
import type { Case } from "../../kit/case.ts";
import { caseOf, type CaseOptions } from "../../kit/cases.ts";
import { frames } from "../../kit/expectations/frames.ts";
import type { WantedJson } from "../../kit/expectations/json.ts";
import { Failure } from "../../kit/failure.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { guard } from "../../kit/guard.ts";
import type { Fault } from "../../kit/plan.ts";
import type { Script } from "../../kit/script.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import { type Contents, files } from "./files.ts";
import { anyRefusal, MiB } from "./messages.ts";

/** A server under test, and what its clients do. */
export interface Store {
  /** The case's script. */
  readonly script: Script;
  /** The server. */
  readonly server: ServerActor;
  /** One connection: it sends, gets these frames, and half-closes. */
  asks(data: Uint8Array, ...wanted: WantedJson[]): Promise<void>;
  /** One connection whose request is refused at once: nothing more has to come. */
  isRefused(data: Uint8Array): Promise<void>;
  /** One connection whose request is refused when it half-closes: a server may wait for what was announced. */
  isRefusedAtEnd(data: Uint8Array): Promise<void>;
}

/** What a server's clients do. */
export function storeOf(script: Script, server: ServerActor): Store {
  const ask = async (
    data: Uint8Array,
    wanted: readonly WantedJson[],
    ...faults: Fault[]
  ) => {
    const client = await script.connect(server);
    await client.offers(data, ...faults);
    await client.gets(frames(...wanted));
    // It says that it has no more, and still sees what else comes. A server may have left.
    await client.offers("", ...faults.length === 0 ? [halfClose()] : []);
  };
  return {
    script,
    server,
    asks: (data, ...wanted) => ask(data, wanted),
    isRefused: (data) => ask(data, [anyRefusal]),
    isRefusedAtEnd: (data) => ask(data, [anyRefusal], halfClose()),
  };
}

/** A case of a server that finds these files. */
export function storeCase(
  what: string,
  options: CaseOptions & { readonly there?: Contents },
  act: (store: Store) => Promise<void>,
): Case {
  return caseOf("server", what, options, async (script) => {
    if (options.there) await files(script, options.there);
    await act(storeOf(script, await script.startServer(options.server)));
  });
}

/** More than the systems of both sides hold. */
export const MORE = 16 * MiB;

/** A scripted server reads so many bytes, or fewer where the client sends no more. @returns How many are missing. */
export async function takes(peer: TcpPeer, count: number): Promise<number> {
  let left = count;
  try {
    while (left > 0) {
      const chunk = await guard(peer.scene.patience, peer.wire.read());
      if (chunk === null) break;
      left -= chunk.length;
    }
  } catch {
    // The client has left, or waits: what it says comes next.
  }
  return left;
}

/** A scripted server reads so many bytes. @throws {Failure} Where the client sends fewer. */
export async function takesAll(peer: TcpPeer, count: number): Promise<void> {
  const left = await takes(peer, count);
  if (left <= 0) return;
  throw new Failure(`${peer.label} sent ${left} bytes less`);
}
