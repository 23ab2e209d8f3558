/**
 * The wrong ideas that lesson 07 clears up.
 *
 * @module
 */
import type { Misunderstanding } from "../../kit/case.ts";
import { more } from "../../kit/expectations/more.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { MORE, takesAll } from "./peers.ts";

export const trustsName: Misunderstanding = {
  says: "this is what a program does that trusts the name that a client sends",
  read: "Read the code",
  shows: ({ received }) => received.includes('"ok":true'),
};

export const allocatesSize: Misunderstanding = {
  says:
    "this is what a program does that makes room for as many bytes as the other side announces",
  read: "Read the code",
  shows: ({ stderr }) => /allocation|array length/i.test(stderr),
};

export const leavesHalf: Misunderstanding = {
  says: "this is what a program does that leaves half a file behind",
  read: "Read the code",
  shows: ({ found }) => found.startsWith("in the folder: "),
};

export const comparesNothing: Misunderstanding = {
  says:
    "this is what a program does that does not compare what came with its MD5",
  read: "The idea",
  shows: ({ code, step }) =>
    code === 0 && step.includes(" ends with exit code 1"),
};

export const readsToEnd: Misunderstanding = {
  says:
    "this is what a program does that reads to the end of the stream instead of as many bytes as were announced",
  read: "Read the code",
  shows: ({ silent, received }) => silent && received === "",
  // It answers when the stream ends.
  async proof({ peer }) {
    await peer.does(halfClose());
    await peer.gets(more());
  },
};

export const overwrites: Misunderstanding = {
  says: "this is what a program does that overwrites a file in place",
  read: "Read the code",
  shows: ({ found }) =>
    found === "no file" || found.startsWith("another content: "),
};

export const sendsOn: Misunderstanding = {
  says:
    "this is what a program does that goes on sending when its put has been refused",
  read: "Read the code",
  shows: ({ silent, step }) =>
    silent && step.includes(" ends with exit code 1"),
  // More comes than the systems hold, though the refusal was there before it.
  async proof(script) {
    await script.step(
      `the server takes ${MORE} bytes more`,
      () => takesAll(script.peer, MORE),
    );
  },
};
