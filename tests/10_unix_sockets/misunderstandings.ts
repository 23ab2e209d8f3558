/**
 * The wrong ideas that lesson 10 clears up.
 *
 * @module
 */
import type { Misunderstanding } from "../../kit/case.ts";
import { answersWhenOthersLeave } from "../../kit/proofs.ts";
import { more } from "../../kit/expectations/more.ts";
import { CLEANED_UP, STILL_THERE } from "./places.ts";

/** The answers to several lines that were sent at once. */
export const SEVERAL_ANSWERS = "ok\nok\nok whole a b\nok 1\n";

/** The answer to the second client, while the first is there. */
export const SECOND_ANSWER = "ok from the first\n";

/** The answer to a line that came in two parts. */
export const WHOLE_ANSWER = "ok of one piece\n";

/** What is found where the path of a server that answers is taken. */
export const ROBBED = "took the path of a server that answers";

/** What is found where the path of a server that does not answer is taken. */
export const ROBBED_SILENT = "took the path of a server that is silent";

/** What is found where something else than a socket is not left alone. */
export const ROBBED_OTHER = "took the place of what is no socket";

/** What is found where a path had wider rights first. */
export const WIDE_FIRST = "wide first, and then narrow";

export const removesFirst: Misunderstanding = {
  says:
    "this is what a program does that removes the path before it listens, whoever is there",
  read: "The idea",
  shows: ({ found }) => found === ROBBED,
};

export const slowIsDead: Misunderstanding = {
  says: "this is what a program does that takes a slow server for a dead one",
  read: "Exercise",
  shows: ({ found }) => found === ROBBED_SILENT,
};

export const removesAnything: Misunderstanding = {
  says:
    "this is what a program does that removes what stands at its path without looking what it is",
  read: "When it goes wrong",
  shows: ({ found }) => found === ROBBED_OTHER,
};

export const cleansUp: Misunderstanding = {
  says:
    "this is what a program does that removes the path at its end, though it is another's",
  read: "When it goes wrong",
  shows: ({ found }) => found === CLEANED_UP,
};

export const leftIsTaken: Misunderstanding = {
  says:
    "this is what a program does that takes a path for taken because it is there",
  read: "The idea",
  // It gives up where a dead server has left its path and nothing else, and says why.
  shows: ({ step, code, stdout, stderr }) =>
    / prints "listening on /.test(step) && code === 1 && stdout === "" &&
    /^error: .*(taken|in use|exists|EADDRINUSE)/i.test(stderr),
};

export const leavesPath: Misunderstanding = {
  says: "this is what a program does that ends and leaves its path",
  read: "When it goes wrong",
  shows: ({ found }) => found === STILL_THERE,
};

export const closesAfterwards: Misunderstanding = {
  says:
    "this is what a program does that makes its path for everybody and narrows the rights afterwards",
  read: "Try this",
  shows: ({ found }) => found === WIDE_FIRST,
};

export const looksThenListens: Misunderstanding = {
  says:
    "this is what a program does that looks who is there, and removes and listens later, as if nobody came between",
  read: "Exercise",
  shows: ({ found }) => /^\d+ of \d+ listen$/.test(found),
};

export const oneByOne: Misunderstanding = {
  says: "this is what a program does that serves one client after the other",
  lesson: "08_concurrent_server",
  read: "Read the code",
  // Who serves two at once, and no more, is silent later.
  shows: ({ silent, step, expected, received }) =>
    silent && received === "" && step.startsWith("client 2 gets") &&
    expected === SECOND_ANSWER,
  proof: answersWhenOthersLeave,
};

export const readIsLine: Misunderstanding = {
  says: "this is what a program does that takes one read for one line",
  read: "When it goes wrong",
  shows: ({ silent, expected, received }) =>
    silent
      ? expected === SEVERAL_ANSWERS && received !== "" &&
        expected.startsWith(received)
      : expected === WHOLE_ANSWER && received.startsWith("error: "),
  // Several lines have got one answer; another line gets another.
  async proof({ peer }) {
    await peer.sends("pid\n");
    await peer.gets(more());
  },
};

export const pathIsServer: Misunderstanding = {
  says:
    "this is what a program does that takes a path that is there for a server that runs",
  read: "The idea",
  shows: ({ step, code = 3 }) => step.includes("left by a dead") && code !== 3,
};
