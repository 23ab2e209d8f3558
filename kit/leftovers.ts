/**
 * What is left over when a case has done its last step: bytes, datagrams,
 * lines and connections that nobody asked for.
 *
 * @module
 */
import { ClientActor, ProgramActor } from "./actors.ts";
import { quote } from "./bytes.ts";
import { Failure } from "./failure.ts";
import type { Script } from "./script.ts";
import { ServerPeer } from "./server_peer.ts";
import { TcpPeer } from "./tcp_peer.ts";
import { UdpPeer } from "./udp_peer.ts";

/**
 * Ends the programs under test when they have done all that they can do, and
 * looks for what none of the steps had asked for. What a server prints besides
 * is its own affair.
 *
 * @throws {Failure} Where there is something.
 */
export async function findNothingMore(script: Script): Promise<void> {
  const yours = script.actors.filter((actor) => actor instanceof ProgramActor)
    .filter(({ label }) => label.startsWith("your"));
  if (yours.length === 0) return;
  await script.step(
    "nothing more comes, and nothing more is printed",
    async () => {
      for (const { program } of yours) await program.settles();
      for (const { program } of yours) await program.end();
      for (const actor of script.actors) {
        if (actor instanceof UdpPeer) await actor.isAtEnd();
        if (actor instanceof TcpPeer) await lookIn(actor);
        if (
          actor instanceof ServerPeer && !actor.mayBeCalled &&
          await actor.hasCallers()
        ) {
          throw new Failure(
            "your client connected once more; it was expected to make one connection",
            { found: "another connection" },
          );
        }
      }
      for (const actor of yours) {
        if (actor instanceof ClientActor) lookAt(actor);
      }
    },
  );
}

/** The program has been ended: what it had sent comes, and then the end. */
async function lookIn(
  { wire, inbox, label, mayGetMore }: TcpPeer,
): Promise<void> {
  if (!wire.isOpen || mayGetMore || !label.startsWith("your")) return;
  await inbox.listenOn();
  if (inbox.bytes.length === 0) return;
  throw inbox.failure(
    `sent ${
      quote(inbox.bytes)
    } at the end of the case; it was expected to send nothing more`,
    new Uint8Array(),
  );
}

/** What a client printed before it reported an error is no answer, and nobody's affair. */
function lookAt({ label, program: { rest, exit } }: ClientActor): void {
  const isError = exit?.signal === null && exit.code !== 0;
  if (rest === "" || isError) return;
  throw new Failure(
    `${label} printed ${
      quote(rest)
    } besides; it was expected to print nothing more`,
    { found: rest },
  );
}
