/**
 * The wrong ideas that lesson 08 clears up.
 *
 * @module
 */
import type { Misunderstanding } from "../../kit/case.ts";
import { like } from "../../kit/expectations/line.ts";
import { more } from "../../kit/expectations/more.ts";
import { Failure } from "../../kit/failure.ts";
import { answersWhenOthersLeave } from "../../kit/proofs.ts";
import type { Script } from "../../kit/script.ts";
import { TcpPeer } from "../../kit/tcp_peer.ts";

export const oneByOne: Misunderstanding = {
  says: "this is what a program does that serves one client after the other",
  read: "Read the code",
  shows: ({ silent, received }) => silent && received === "",
  proof: answersWhenOthersLeave,
};

export const resetIsFatal: Misunderstanding = {
  says:
    "this is what a program does that lets one client's crash end the service",
  read: "When it goes wrong",
  // It has ended: one that only writes down what a client did lives on.
  shows: ({ stderr, code = 0 }) =>
    code !== 0 && /reset|not ?connected|broken ?pipe/i.test(stderr),
};

/** The beginning of a line whose rest comes later. */
export const HALF = "half a";

export const readIsLine: Misunderstanding = {
  says: "this is what a program does that takes one read for one line",
  read: "When it goes wrong",
  shows: ({ received }) =>
    received.includes(`] ${HALF}\n`) || received.includes("] one\ntwo\n"),
};

export const sharesBuffer: Misunderstanding = {
  says: "this is what a program does that has one buffer for all its clients",
  read: "Read the code",
  shows: ({ received }) => received.includes(`] ${HALF}one\n`),
};

export const echoes: Misunderstanding = {
  says:
    "this is what a program does that sends a line back to the one who said it",
  read: "Exercise",
  // It begins with what anna has said, to anna.
  shows: ({ step, received }) =>
    /^anna gets /.test(step) && received.startsWith("[anna] "),
};

export const tellsStrangers: Misunderstanding = {
  says:
    "this is what a program does that tells the room's lines to who has no name yet",
  read: "Exercise",
  shows: ({ step, received }) =>
    /^a stranger gets /.test(step) &&
    /^(\* \w+ has (come|left)|\[\w+\] )/.test(received),
};

export const noticesLate: Misunderstanding = {
  says:
    "this is what a program does that notices that a client has left only when it writes to it",
  read: "When it goes wrong",
  shows: ({ silent, received, expected }) =>
    silent && received === "" && expected.endsWith(" has left\n"),
  // Somebody says a few words, and then it knows.
  async proof(script) {
    const speaker = guest(script, "bob");
    const listener = guest(script, "anna");
    for (let i = 0; i < 3; i++) {
      await speaker.sends("is anybody there?\n");
      await listener.gets(more());
      await listener.inbox.listenOn();
    }
    const heard = new TextDecoder().decode(listener.inbox.bytes);
    if (!heard.includes(" has left\n")) throw new Failure("nobody heard of it");
  },
};

export const checksThenWaits: Misunderstanding = {
  says:
    "this is what a program does that looks whether a name is free, waits, and takes it then",
  read: "Try this",
  shows: ({ found }) => /^[2-9]\d* of \d+ got in$|^10 of/.test(found),
};

export const awaitsEach: Misunderstanding = {
  says:
    "this is what a program does that waits until each member has taken a line before it goes on",
  read: "Try this",
  shows: ({ silent, step }) =>
    silent && / until the server lets go /.test(step),
  // When those read who did not, the others hear on.
  async proof(script) {
    const reads = async ({ inbox }: TcpPeer) => {
      while (!inbox.hasEnded) {
        await inbox.more();
        inbox.take(Infinity);
      }
    };
    for (const name of ["bob", "ben"]) {
      reads(guest(script, name)).catch(() => {});
    }
    await guest(script, "carl").gets(more());
  },
};

export const keepsAll: Misunderstanding = {
  says:
    "this is what a program does that keeps all that a member does not read",
  read: "Try this",
  shows: ({ found }) => found === "it came later",
};

export const hearsWhenTyped: Misunderstanding = {
  says:
    "this is what a program does that looks for what has come only when somebody has typed",
  read: "Exercise",
  shows: ({ silent, step }) => silent && step.includes(" prints "),
  async proof({ yours }) {
    await yours.hears("anything");
    await yours.prints(like("a line", /^/));
  },
};

/** A guest of the script, by name. */
function guest({ actors }: Script, name: string): TcpPeer {
  const found = actors.find((actor) =>
    actor instanceof TcpPeer && actor.us === name
  );
  if (found instanceof TcpPeer) return found;
  throw new Error(`Cannot find ${name}: not in the script`);
}
