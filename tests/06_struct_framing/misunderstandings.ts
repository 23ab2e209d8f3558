/**
 * The wrong ideas that lesson 06 clears up.
 *
 * @module
 */
import { firstDifference, toBytes } from "../../kit/bytes.ts";
import type { Misunderstanding } from "../../kit/case.ts";
import { frames } from "../../kit/expectations/frames.ts";
import { like } from "../../kit/expectations/line.ts";
import { more } from "../../kit/expectations/more.ts";
import { Failure } from "../../kit/failure.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { frame } from "../../kit/frames.ts";
import { answersWhenAllIsSent, printsWhenAllIsSent } from "../../kit/proofs.ts";
import { stays } from "../../kit/stays.ts";
import { oneByOne as servesOneByOne } from "../05_sticky_packets/misunderstandings.ts";
import { MiB, upper } from "./messages.ts";

export const bigEndian: Misunderstanding = {
  says: "this is what a program does that puts the length's high byte first",
  read: "The idea",
  shows: ({ received }) => received.startsWith("\0\0"),
};

/** A text in requests and replies whose length comes in two reads. */
export const CUT = "the length is cut";

export const readsPrefixOnce: Misunderstanding = {
  says:
    "this is what a program does that takes one read for the whole of a length",
  read: "Read the code",
  // Frames that were cut elsewhere came out right.
  shows: ({ step, silent, expected }) =>
    !silent && `${expected}${step}`.toLowerCase().includes(CUT),
};

export const countsCharacters: Misunderstanding = {
  says:
    "this is what a program does that counts characters where the length counts bytes",
  read: "When it goes wrong",
  shows({ received }) {
    const length = received.charCodeAt(0) + 256 * received.charCodeAt(1);
    const text = received.slice(4, 4 + length);
    return isJson(text) && toBytes(text).length > length;
  },
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export const takesAnyLength: Misunderstanding = {
  says: "this is what a program does that takes a length that it should refuse",
  read: "Read the code",
  shows: ({ received, silent, stderr }) =>
    received === "" &&
    (silent || /typed array length|allocation failed/.test(stderr)),
  // It answers when it has got what was announced.
  async proof({ peer }) {
    await peer.asks("x".repeat(MiB + 1), more());
  },
};

export const oneByOne: Misunderstanding = {
  ...servesOneByOne,
  // One that serves some at a time does serve the second.
  shows: (evidence) =>
    servesOneByOne.shows?.(evidence) === true &&
    evidence.step.startsWith("client two "),
};

export const readsToEnd: Misunderstanding = {
  says:
    "this is what a program does that reads to the end of the stream before it replies",
  read: "When it goes wrong",
  shows: ({ silent, received }) => silent && received === "",
  proof: (script) => answersWhenAllIsSent(script, upper("and more").sent),
};

export const writesOnce: Misunderstanding = {
  says:
    "this is what a program does that takes one write for all of a large reply or request",
  read: "Read the code",
  shows: ({ received, expected, stderr }) => {
    const tail = tailOfBroken(received, expected);
    return tail !== "" && !received.includes(tail) && !/Uncaught/.test(stderr);
  },
};

export const mixesWrites: Misunderstanding = {
  says:
    "this is what a program does that begins to write a frame before the one before it is written: an await is missing",
  read: "When it goes wrong",
  shows: ({ received, expected }) => {
    const tail = tailOfBroken(received, expected);
    return tail !== "" && received.includes(tail);
  },
};

/**
 * The end of a large frame that has begun well and holds something else from
 * somewhere on: it comes later, or it never comes. Empty where there is none.
 */
function tailOfBroken(received: string, expected: string): string {
  const isLarge = received.length > MiB / 2 &&
    received.slice(4, 10) === expected.slice(4, 10);
  if (!isLarge || received === expected) return "";
  const from = firstDifference(toBytes(received), toBytes(expected));
  const end = expected.indexOf('"}', from) + 2;
  return expected.slice(end - 10, end);
}

export const losesStream: Misunderstanding = {
  says:
    "this is what a program does that gives up the stream after a frame that is not JSON",
  read: "Exercise",
  shows: ({ received, silent, stderr }) =>
    received === "" && !silent && !/Uncaught/.test(stderr),
};

export const dropsPart: Misunderstanding = {
  says: "this is what a program does that drops a part of a frame silently",
  read: "Exercise",
  shows: ({ silent, step, stdout, stderr }) =>
    silent && step.includes(" prints a line with ") && stderr === "" &&
    stdout.split(/\r?\n/).every((line) =>
      /^(|(listening on|connected) [\d.]+:\d+)$/.test(line)
    ),
  // It has closed this connection, and it serves the next.
  async proof(script) {
    const next = await script.connect(script.server);
    await next.asks(upper("hello").sent, frames(upper("hello").wanted));
  },
};

export const noHalfClose: Misunderstanding = {
  says:
    "this is what a program does that does not say that it has sent everything: it never half-closes",
  read: "Exercise",
  shows: ({ silent, received, step }) =>
    silent && received === "" && step.includes(" sees the stream end"),
  // The reply does not make it, either; only the server's end makes it end.
  async proof({ client, peer }) {
    await peer.sends(frame('{"ok":"fine"}'));
    await client.prints(like("a line", /^/));
    await stays(client, "until the server closes");
    await peer.inbox.listenOn();
    if (peer.inbox.hasEnded) throw new Failure("it has half-closed");
    await peer.does(hangUp());
    await client.exits(0);
  },
};

export const writesAllFirst: Misunderstanding = {
  says:
    "this is what a program does that sends all its requests before it reads a reply",
  read: "Exercise",
  shows: ({ silent, stdout }) => silent && stdout === "",
  proof: printsWhenAllIsSent,
};

export const waitsForReplies: Misunderstanding = {
  says:
    "this is what a program does that waits for each reply before it sends the next request",
  read: "Exercise",
  shows: ({ silent, received, expected }) =>
    silent && received === "" && expected !== "",
  // The reply to what it has sent brings more.
  async proof({ peer }) {
    await peer.asks(frame('{"ok":""}'), more());
  },
};
