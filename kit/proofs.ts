/**
 * What shows why a program is silent, where more than one check asks for it.
 *
 * @module
 */
import type { Data } from "./bytes.ts";
import { like } from "./expectations/line.ts";
import { more } from "./expectations/more.ts";
import { Failure } from "./failure.ts";
import { halfClose } from "./faults/half_close.ts";
import type { Script } from "./script.ts";
import { TcpPeer } from "./tcp_peer.ts";

/** The client prints its first answer only when its input has ended and all that it has to send is sent. */
export async function printsWhenAllIsSent(
  { yours, peer }: Script,
): Promise<void> {
  await yours.hearsNoMore();
  await peer.answers(
    `reads until ${peer.label} has sent all`,
    () => new Uint8Array(),
  );
  await yours.prints(like("a line", /^/));
}

/** The server answers when its client has no more to send, and another message brings nothing. @param message Another one. */
export async function answersWhenAllIsSent(
  { peer }: Script,
  message: Data,
): Promise<void> {
  const { length } = peer.inbox.bytes;
  await peer.sends(message);
  await peer.inbox.listenOn();
  if (peer.inbox.bytes.length > length) throw new Failure("it answered");
  await peer.does(halfClose());
  await peer.gets(more());
}

/** The server goes on with the client that came last when those before it have left. */
export async function answersWhenOthersLeave(
  { actors, peer }: Script,
): Promise<void> {
  for (const other of actors) {
    if (other instanceof TcpPeer && other !== peer) {
      await other.does(halfClose());
    }
  }
  await peer.gets(more());
}

/** The client ends when its input does. */
export async function endsWithItsInput({ yours }: Script): Promise<void> {
  await yours.hearsNoMore();
  await yours.ends();
}
