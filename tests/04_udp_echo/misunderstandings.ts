/**
 * The wrong ideas that lesson 04 clears up.
 *
 * @module
 */
import type { Misunderstanding } from "../../kit/case.ts";

export const oneCounter: Misunderstanding = {
  says:
    "this is what a program does that has one counter for all clients, as if there were a connection",
  read: "The idea",
  shows({ expected, received }) {
    const [id, n, text] = readReply(expected);
    const [itsId, itsN, itsText] = readReply(received);
    return id === itsId && text === itsText && Number(itsN) > Number(n);
  },
};

export const byObject: Misunderstanding = {
  says:
    "this is what a program does that looks a client up by the address object, which is a new one for each datagram",
  read: "Read the code",
  shows({ expected, received }) {
    const [id, , text] = readReply(expected);
    const [itsId, itsN, itsText] = readReply(received);
    return id === itsId && text === itsText && itsN === "1";
  },
};

export const waitsForEver: Misunderstanding = {
  says:
    "this is what a program does that waits for its answer for ever, as if no datagram were ever lost",
  read: "Exercise",
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
  read: "Exercise",
  shows: ({ stdout, stderr }) =>
    stdout === "FIRST\nFIRST\n" ||
    (stdout === "HELLO\nFIRST\n" && stderr.includes("no answer")),
};

export const freshSocket: Misunderstanding = {
  says:
    "this is what a program does that opens a fresh socket for each try: to the server it is somebody else every time",
  read: "Read the code",
  shows: ({ found }) => found.startsWith("another socket: "),
};

export const orphan: Misunderstanding = {
  says:
    "this is what a program does that leaves an old receive() waiting, which then eats the answer",
  read: "When it goes wrong",
  shows: ({ stderr }) => stderr.includes("no answer"),
};

function readReply(reply: string): string[] {
  return /^(\d+) (\d+) (.*)$/s.exec(reply)?.slice(1) ?? [];
}
