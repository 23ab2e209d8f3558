/**
 * The wrong ideas that lesson 05 clears up.
 *
 * @module
 */
import type { Misunderstanding } from "../../kit/case.ts";
import { more } from "../../kit/expectations/more.ts";
import { printsWhenAllIsSent } from "../../kit/proofs.ts";

export const readIsLine: Misunderstanding = {
  says: "this is what a program does that takes one read for one line",
  read: "The idea",
  shows: ({ received, expected }) =>
    received !== "" && !expected.startsWith(received) &&
    !/[\r\ufffd]/.test(received),
};

export const decodesChunks: Misunderstanding = {
  says: "this is what a program does that decodes each chunk on its own",
  read: "Read the code",
  shows: ({ received }) => received.includes("\ufffd"),
};

export const losesTail: Misunderstanding = {
  says:
    "this is what a program does that forgets the last line when it has no LF",
  read: "Exercise",
  shows: ({ received, expected, silent, code }) =>
    received === "" && expected !== "" && !silent && code === undefined,
};

export const keepsCr: Misunderstanding = {
  says:
    "this is what a program does that takes the CR of a line's end for a part of the line",
  read: "Exercise",
  shows: ({ received }) => received.includes("\r"),
};

export const waitsForAnswers: Misunderstanding = {
  says:
    "this is what a program does that waits for each answer before it sends the next line",
  read: "Exercise",
  shows: ({ silent, received, expected }) =>
    silent && received !== "" && expected.startsWith(received),
  // The answer to what it has sent brings more.
  async proof({ peer }, { received }) {
    await peer.asks(received.toUpperCase(), more());
  },
};

export const writesAllFirst: Misunderstanding = {
  says:
    "this is what a program does that sends all its lines before it reads an answer",
  read: "Exercise",
  shows: ({ silent, stdout }) => silent && stdout === "",
  proof: printsWhenAllIsSent,
};

export const writesOnce: Misunderstanding = {
  says:
    "this is what a program does that takes one write for all of a long line",
  read: "Exercise",
  shows: ({ silent, received, expected }) =>
    !silent && received !== "" && expected.startsWith(received),
};
