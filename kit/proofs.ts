/**
 * What shows why a program is silent, where more than one check asks for it.
 *
 * @module
 */
import type { Script } from "./script.ts";

/** The client prints its first answer only when its input has ended and all that it has to send is sent. */
export async function printsWhenAllIsSent(
  { yours, peer }: Script,
): Promise<void> {
  await yours.hearsNoMore();
  await peer.getsAll();
  await yours.printsAnything();
}
