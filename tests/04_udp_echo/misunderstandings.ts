/**
 * The wrong ideas that lesson 04 clears up.
 *
 * @module
 */
import type { Misunderstanding } from "../../kit/case.ts";

export const oneCounter: Misunderstanding = {
  says:
    "this is what a program does that counts two clients as one: a client is an address with its port",
  read: "The idea",
  shows: ({ expected, received }) =>
    expected === "1 1 B" && received === "1 2 B",
};

export const byObject: Misunderstanding = {
  says:
    "this is what a program does that has forgotten the client at its next datagram: it looks it up by the address object, or in a Map, that is a new one each time",
  read: "Read the code",
  shows({ expected, received }) {
    const [id, , text] = readReply(expected);
    const [itsId, itsN, itsText] = readReply(received);
    return id === itsId && text === itsText && itsN === "1";
  },
};

export const waitsForEver: Misunderstanding = {
  says:
    "this is what a program does that goes on waiting when its time is up, as if no datagram were ever lost",
  read: "Read the code",
  shows: ({ silent, stderr }) => silent && stderr === "",
  // The answer that it has not asked for again still finds it.
  async proof({ yours, udpPeer }, { expected }) {
    const [, id, text = ""] = /^(\d+) (.*)$/.exec(expected) ?? [];
    await udpPeer.sends(`${id} 1 ${text.toUpperCase()}`);
    await yours.prints(text.toUpperCase());
  },
};

export const strangersAnswer: Misunderstanding = {
  says:
    "this is what a program does that takes an answer from anybody and does not ask who sent it",
  read: "Read the code",
  shows: ({ stdout }) => stdout.includes("STRANGER"),
};

export const lateAnswer: Misunderstanding = {
  says:
    "this is what a program does that takes whatever comes next for the answer to its last request",
  read: "Read the code",
  shows: ({ step, stdout, stderr }) =>
    step.includes(" prints ") && (stdout === "FIRST\nFIRST\n" ||
      (stdout === "HELLO\nFIRST\n" && stderr.includes("no answer"))),
};

export const freshSocket: Misunderstanding = {
  says:
    "this is what a program does that opens a fresh socket now and then: to the server it is somebody else each time",
  read: "Read the code",
  shows: ({ found }) => found.startsWith("another socket: "),
};

export const orphan: Misunderstanding = {
  says:
    "this is what a program does that leaves an old receive() waiting, which then eats the answer",
  read: "When it goes wrong",
  shows: ({ stderr }) => stderr.includes("no answer"),
};

export const turnsAllAway: Misunderstanding = {
  says:
    "this is what a program does that turns every answer away, the right one, too: two address objects are never equal, nor are a text and a number",
  read: "When it goes wrong",
  shows: ({ stdout, stderr }) => stdout === "" && stderr.includes("no answer"),
};

export const newTime: Misunderstanding = {
  says:
    "this is what a program does that waits its whole time anew with each datagram that comes, whatever is in it",
  read: "Exercise",
  shows: ({ silent, stderr }) => silent && stderr === "",
  // As soon as nothing comes any more, it asks again.
  proof: async ({ udpPeer }, { expected }) => {
    await udpPeer.gets(expected);
  },
};

function readReply(reply: string): string[] {
  return /^(\d+) (\d+) (.*)$/s.exec(reply)?.slice(1) ?? [];
}
