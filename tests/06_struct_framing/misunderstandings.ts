/**
 * The wrong ideas that lesson 06 clears up.
 *
 * @module
 */
import type { Misunderstanding } from "../../kit/case.ts";
import { frames } from "../../kit/expectations/frames.ts";
import { more } from "../../kit/expectations/more.ts";
import { frame } from "../../kit/frames.ts";
import { printsWhenAllIsSent } from "../../kit/proofs.ts";
import { MiB, upper } from "./messages.ts";

export const bigEndian: Misunderstanding = {
  says: "this is what a program does that puts the length's high byte first",
  read: "The idea",
  shows: ({ received }) => received.startsWith("\0\0"),
};

export const readsPrefixOnce: Misunderstanding = {
  says:
    "this is what a program does that takes one read for the whole of a length",
  read: "Read the code",
  shows: ({ received, expected }) =>
    expected !== "" && received !== expected && !received.startsWith("\0\0"),
};

export const trustsLength: Misunderstanding = {
  says: "this is what a program does that trusts the length",
  read: "Read the code",
  shows: ({ received, silent, stderr }) =>
    received === "" &&
    (silent || /typed array length|allocation failed/.test(stderr)),
  // It answers when it has got what was announced.
  async proof({ peer }) {
    await peer.asks("x".repeat(MiB + 1), more());
  },
};

export const writesOnce: Misunderstanding = {
  says:
    "this is what a program does that takes one write for all of a large reply",
  read: "Read the code",
  shows: ({ received, expected }) =>
    received.length > MiB / 2 &&
    received.slice(4, 10) === expected.slice(4, 10),
};

export const losesStream: Misunderstanding = {
  says:
    "this is what a program does that gives up the stream after a frame that is not JSON",
  read: "Exercise",
  shows: ({ received, silent }) => received === "" && !silent,
};

export const dropsPart: Misunderstanding = {
  says: "this is what a program does that drops a part of a frame silently",
  read: "Exercise",
  shows: ({ silent, step }) => silent && step.includes(" prints a line with "),
  // It has closed this connection, and it serves the next.
  async proof(script) {
    const next = await script.connect(script.server);
    await next.asks(upper("hello").sent, frames(upper("hello").wanted));
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
