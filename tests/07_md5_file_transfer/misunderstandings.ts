/**
 * The wrong ideas that lesson 07 clears up.
 *
 * @module
 */
import type { Misunderstanding } from "../../kit/case.ts";
import { frames } from "../../kit/expectations/frames.ts";
import { jsonWhere } from "../../kit/expectations/json.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { stays } from "../../kit/stays.ts";
import { HELLO, putOf, receiptFor } from "./messages.ts";
import { MORE, takesAll } from "./peers.ts";

export const trustsName: Misunderstanding = {
  says: "this is what a program does that trusts the name that a client sends",
  read: "Read the code",
  shows: ({ received, found }) =>
    /"ok"\s*:\s*true/.test(received) && found !== `${WENT_TO}store/x`,
};

/** How it is told where a file went whose name should have been refused. */
export const WENT_TO = "it went to ";

export const makesName: Misunderstanding = {
  says:
    "this is what a program does that makes a name of one that leads elsewhere, instead of refusing it",
  read: "When it goes wrong",
  // The last part of the path was taken for the name.
  shows: ({ found }) => found === `${WENT_TO}store/x`,
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

/** A server's. */
export const readsToEnd: Misunderstanding = {
  says:
    "this is what a program does that reads to the end of the stream instead of as many bytes as were announced",
  read: "Read the code",
  shows: ({ silent, received, step }) =>
    silent && received === "" && step.includes(" gets "),
  // Its receipt comes when the stream ends.
  async proof({ peer }) {
    await peer.does(halfClose());
    await peer.gets(frames(jsonWhere('{"ok":true}', isReceipt)));
  },
};

function isReceipt(value: unknown): boolean {
  return typeof value === "object" && value !== null && "ok" in value &&
    value.ok === true;
}

/** A client's. */
export const getsToEnd: Misunderstanding = {
  ...readsToEnd,
  shows: ({ silent, step }) => silent && step.includes("exit code 0"),
  async proof({ peer, yours }) {
    await peer.does(halfClose());
    await yours.exits(0);
  },
};

export const losesBody: Misunderstanding = {
  says:
    "this is what a program does that loses what came together with the header",
  read: "When it goes wrong",
  shows: ({ silent, received, step }) =>
    silent && received === "" && step.includes(" gets "),
  // It takes a body that comes later.
  async proof(script) {
    const next = await script.connect(script.server);
    await next.sends(putOf("later", HELLO));
    await stays(script.server, "for a body");
    await next.asks(HELLO, frames(receiptFor("later", HELLO)));
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
