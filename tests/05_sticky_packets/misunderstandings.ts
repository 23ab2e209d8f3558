/**
 * The wrong ideas that lesson 05 clears up.
 *
 * @module
 */
import type { Misunderstanding } from "../../kit/case.ts";
import { more } from "../../kit/expectations/more.ts";
import {
  answersWhenAllIsSent,
  answersWhenOthersLeave,
  endsWithItsInput,
  printsWhenAllIsSent,
} from "../../kit/proofs.ts";

/** Deno's words for an error that ended a program. */
const UNCAUGHT = /Uncaught/;

export const readIsLine: Misunderstanding = {
  says: "this is what a program does that takes one read for one line",
  read: "The idea",
  // The same letters, in other lines.
  shows: ({ step, received, expected, silent }) => {
    if (silent || received === "" || /[\r\ufffd]/.test(received)) return false;
    const isPart = expected.startsWith(received) && !step.includes(" prints ");
    const [came, wanted] = [linesIn(received), linesIn(expected)];
    return !isPart && isBeginning(came.join(""), wanted.join("")) &&
      came.some((line, i) => i < wanted.length && line !== wanted[i]);
  },
};

/** The lines of a text, without the empty ones. */
function linesIn(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** Whether one of two texts begins with the other. */
function isBeginning(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

export const decodesChunks: Misunderstanding = {
  says: "this is what a program does that decodes each chunk on its own",
  read: "Read the code",
  shows: ({ received }) => received.includes("\ufffd"),
};

export const losesTail: Misunderstanding = {
  says:
    "this is what a program does that forgets the last line when it has no LF",
  read: "Exercise",
  shows: ({ received, expected, silent, stderr }) =>
    !silent && !UNCAUGHT.test(stderr) && expected.startsWith(received) &&
    /^[^\n]+\n?$/.test(expected.slice(received.length)),
};

/** The last line of lines that come together with the client's half-close. */
export const LAST_LINE = "that is all\n";

export const closesAtEnd: Misunderstanding = {
  says:
    "this is what a program does that closes the connection as soon as the client has half-closed, before the last answers are written",
  read: "When it goes wrong",
  shows: ({ received, expected, silent }) =>
    !silent && expected.endsWith(LAST_LINE.toUpperCase()) &&
    expected.startsWith(received),
};

export const readsToEnd: Misunderstanding = {
  says:
    "this is what a program does that reads to the end of the stream before it answers",
  read: "When it goes wrong",
  shows: ({ silent, received }) => silent && received === "",
  proof: (script) => answersWhenAllIsSent(script, "and more\n"),
};

export const oneByOne: Misunderstanding = {
  says: "this is what a program does that serves one client after the other",
  read: "Exercise",
  shows: ({ silent, received }) => silent && received === "",
  proof: answersWhenOthersLeave,
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
  shows: ({ silent, stderr, received, expected }) =>
    !silent && !UNCAUGHT.test(stderr) && received !== "" &&
    received.length < expected.length,
};

export const mixesWrites: Misunderstanding = {
  says:
    "this is what a program does that begins to write a line before the one before it is written: an await is missing",
  read: "When it goes wrong",
  shows: ({ received, expected }) =>
    received.length === expected.length && received !== expected,
};

export const waitsForInput: Misunderstanding = {
  says:
    "this is what a program does that waits for the end of its input, though the server has closed",
  lesson: "05_sticky_packets",
  read: "When it goes wrong",
  shows: ({ silent, step }) => silent && step.includes(" ends with exit code "),
  proof: endsWithItsInput,
};
