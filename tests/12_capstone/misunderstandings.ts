/**
 * The wrong ideas that lesson 12 clears up.
 *
 * @module
 */
import type { Misunderstanding } from "../../kit/case.ts";
import { NOT_THERE, OVERSOLD } from "./storm.ts";

/** What is found where a student has two courses in one hour. */
export const TWICE = "a slot is taken twice";

/** What is found where the second sending of a wish has another id. */
export const OTHER_ID = "another id";

/** The student who waits for one course, and asks for another in the same hour. */
export const WAITER = "waiter";

/** The student whose request comes again. */
export const TWICE_ASKED = "twice";

export const twoSteps: Misunderstanding = {
  says:
    "this is what a program does that looks first and takes later, as if nobody came between",
  read: "The idea",
  shows: ({ found }) => [OVERSOLD, TWICE].includes(found),
};

export const promisesEarly: Misunderstanding = {
  says:
    "this is what a program does that answers before the disk has what it says",
  read: "The idea",
  shows: ({ found }) => found === NOT_THERE,
};

export const forgets: Misunderstanding = {
  says: "this is what a program does that keeps the seats in its memory alone",
  read: "The idea",
  // Everything was long confirmed when it was killed, and it is all gone.
  shows: ({ step, received }) =>
    step.includes("gets a frame of") &&
    received.includes('"seated":[]') && received.includes('"waiting":[]'),
};

export const booksTwice: Misunderstanding = {
  says:
    "this is what a program does that takes a request that comes again for a new one",
  read: "The idea",
  // Its seat was given back, and the old request, which came again, has taken one.
  shows: ({ expected, received }) =>
    expected.includes(`"id":"${TWICE_ASKED} 3"`) &&
    received.includes('"seated":["NET"]'),
};

export const waitingIsTaken: Misunderstanding = {
  says: "this is what a program does that counts what is waited for as taken",
  read: "Exercise",
  // The same hour would be free to somebody who waits for nothing in it.
  shows: ({ received, expected }) =>
    expected.includes(`"id":"${WAITER} 2"`) && received.includes('"error"'),
};

export const sqlFromText: Misunderstanding = {
  says: "this is what a program does that puts SQL together from text",
  read: "Read the code",
  shows: ({ stdout, stderr, received }) =>
    /syntax error|unrecognized token|OperationalError|near "/i.test(
      stdout + stderr + received,
    ),
};

export const newId: Misunderstanding = {
  says:
    "this is what a program does that gives a request that it sends again another id",
  read: "The idea",
  shows: ({ found }) => found === OTHER_ID,
};

export const asksOnce: Misunderstanding = {
  says:
    "this is what a program does that takes a lost connection for the last word",
  read: "The idea",
  shows: ({ step, code }) =>
    step.includes("your client connects") && code === 1,
};

export const anyFrame: Misunderstanding = {
  says:
    "this is what a program does that takes the next frame for its reply, whatever it is",
  read: "Exercise",
  shows: ({ stdout, step, code }) =>
    step.includes('prints "seated"') && code === 0 &&
    stdout !== "" && !stdout.includes("seated"),
};
