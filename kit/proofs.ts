/**
 * What shows why a program is silent, where more than one check asks for it.
 *
 * @module
 */
import { like } from "./expectations/line.ts";
import type { Script } from "./script.ts";

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
