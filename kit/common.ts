/**
 * Misunderstandings that every lesson knows, and that lesson 01 clears up.
 *
 * @module
 */
import { more } from "./expectations/more.ts";
import { like } from "./expectations/line.ts";
import { halfClose } from "./faults/half_close.ts";
import type { Misunderstanding } from "./misunderstanding.ts";

const promise: Misunderstanding = {
  says:
    "this is what a program does that sends or prints a promise instead of what it promises: an await is missing",
  lesson: "01_single_shot",
  read: "When it goes wrong",
  shows: ({ received, stdout }) =>
    `${received}${stdout}`.includes("[object Promise]"),
};

const cutCharacter: Misunderstanding = {
  says:
    "this is what a program does that decodes each part by itself, though a character may be cut in two",
  lesson: "01_single_shot",
  read: "When it goes wrong",
  // All is right up to such a character.
  shows({ expected, received }) {
    const at = received.indexOf("\ufffd");
    return at !== -1 && expected.startsWith(received.slice(0, at)) &&
      /[^\0-\x7f\ufffd]/.test(expected.charAt(at));
  },
};

/** For cases in which a scripted peer waits for an answer on TCP. */
export const untilTheEnd: Misunderstanding = {
  says:
    "this is what a program does that reads until the other side closes before it does anything",
  lesson: "01_single_shot",
  read: "When it goes wrong",
  shows: ({ silent, step }) =>
    silent && / (gets|prints) (?!"(connected|listening) )/.test(step),
  async proof({ yours, peer }, { step }) {
    await peer.does(halfClose());
    if (/ gets /.test(step)) await peer.gets(more());
    else await yours.prints(like("something at last", /^/));
  },
};

/** They are looked for behind those that a case knows. */
export const COMMON: readonly Misunderstanding[] = [promise, cutCharacter];
