/**
 * What the scripted peers of this check do again and again.
 *
 * @module
 */
import { ServerActor } from "../../kit/actors.ts";
import { frames } from "../../kit/expectations/frames.ts";
import type { WantedJson } from "../../kit/expectations/json.ts";
import { Failure } from "../../kit/failure.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { guard } from "../../kit/guard.ts";
import type { Script } from "../../kit/script.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import { anyRefusal, MiB } from "./messages.ts";

/** One connection: it sends, gets these frames, and leaves. */
export async function asks(
  script: Script,
  server: ServerActor,
  data: Uint8Array,
  ...wanted: WantedJson[]
): Promise<void> {
  const client = await script.connect(server);
  await client.offers(data);
  await client.gets(frames(...wanted));
  await client.does(hangUp());
}

/** One connection whose request is refused: it half-closes, because a server may wait for what was announced. */
export async function isRefused(
  script: Script,
  server: ServerActor,
  data: Uint8Array,
): Promise<void> {
  const client = await script.connect(server);
  await client.offers(data, halfClose());
  await client.gets(frames(anyRefusal));
  await client.does(hangUp());
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
