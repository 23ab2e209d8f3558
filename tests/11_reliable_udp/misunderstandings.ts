/**
 * The wrong ideas that lesson 11 clears up.
 *
 * @module
 */
import type { Misunderstanding } from "../../kit/case.ts";
import { data } from "./packets.ts";
import { lastPeer } from "./tftp_peer.ts";

export const apprentice: Misunderstanding = {
  says:
    "this is what a program does that answers an acknowledgement that comes again with the next block again: the Sorcerer's Apprentice",
  read: "The idea",
  shows: ({ found }) => /^\d+ times data /.test(found),
};

export const silentAboutDuplicates: Misunderstanding = {
  says:
    "this is what a program does that says nothing to a block that it has already, though its acknowledgement may have been lost",
  read: "Read the code",
  shows: ({ silent, step }) => silent && / gets ack 1 once more$/.test(step),
  // It is not dumb: it takes the next block.
  async proof(script) {
    await lastPeer(script).asks([data(2, 512)], { kind: "ack", block: 2 });
  },
};

export const leavesAtOnce: Misunderstanding = {
  says:
    "this is what a program does that leaves and has not answered a last block that came again: its last acknowledgement may be lost",
  read: "Read the code",
  shows: ({ step, found }) =>
    / gets ack 2 once more$/.test(step) && found === "it had ended",
};

export const takesAnybody: Misunderstanding = {
  says:
    "this is what a program does that takes a packet from anybody, and does not ask from which port it came",
  read: "The idea",
  shows: ({ found }) => found === "the stranger moved it",
};

export const knownPort: Misunderstanding = {
  says:
    "this is what a program does that answers from the port on which it listens: a transfer has a port of its own",
  read: "The idea",
  shows: ({ found }) => found === "the known port",
};

export const noBackOff: Misunderstanding = {
  says:
    "this is what a program does that sends again after the same time again and again, and floods a network that is slow already",
  read: "The idea",
  shows: ({ found }) => found === "too soon",
};

export const hastyReceiver: Misunderstanding = {
  says:
    "this is what a program does that waits for a block as for an answer, by its own short round trips, though the sender may wait for longer",
  read: "Exercise",
  shows: ({ found }) => found === "gave up before the sender",
};

export const leavesHalf: Misunderstanding = {
  says: "this is what a program does that leaves half a file behind",
  read: "Exercise",
  shows: ({ found, step }) =>
    found.startsWith("in the folder: ") || found.startsWith("a file of ") ||
    / is still the old one$/.test(step) && found !== "",
};

export const losesCount: Misunderstanding = {
  says:
    "this is what a program does that compares numbers of 16 bits with <: after 65535 comes 0",
  read: "When it goes wrong",
  shows: ({ found }) => found === "after the wrap",
};
