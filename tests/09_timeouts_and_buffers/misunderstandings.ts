/**
 * The wrong ideas that lesson 09 clears up.
 *
 * @module
 */
import type { Misunderstanding } from "../../kit/case.ts";
import { Failure } from "../../kit/failure.ts";

export const oneAfterAnother: Misunderstanding = {
  says: "this is what a program does that does one job after the other",
  read: "Exercise",
  shows: ({ received }) => received.startsWith("1 SLOW\n"),
};

export const beginsAll: Misunderstanding = {
  says:
    "this is what a program does that begins every job at once, however many run",
  read: "Exercise",
  shows: ({ received, expected }) =>
    expected.startsWith("1 A\n") && /^(pong\n)?4 D\n/.test(received),
};

export const queuesAll: Misunderstanding = {
  says:
    "this is what a program does that reads on and keeps what it cannot do yet, without end",
  read: "Try this",
  shows: ({ found }) => found === "kept requests",
};

export const keepsAnswers: Misunderstanding = {
  says:
    "this is what a program does that keeps all the answers that its client does not take",
  read: "Try this",
  shows: ({ found }) => found === "kept answers",
};

/** `--idle` of a server to which a byte comes now and then, in milliseconds: far more than a busy machine lets pass between two of them. */
export const TRICKLE_IDLE_MS = 600;

/** A time in which a timer that nobody cleared keeps a program alive, also beyond a step's time on a busy machine, in milliseconds. */
export const FORGOTTEN_MS = 5000;

export const bytesAreLife: Misunderstanding = {
  says: "this is what a program does that takes each byte for a sign of life",
  read: "When it goes wrong",
  shows: ({ silent, step }) => silent && / some bytes now and then/.test(step),
  // When no byte comes any more, it lets go.
  async proof({ peer }) {
    await peer.gets(`error: idle for ${TRICKLE_IDLE_MS} ms\n`);
  },
};

export const dropsJobs: Misunderstanding = {
  says:
    "this is what a program does that ends at a Ctrl-C, whatever it has promised",
  read: "When it goes wrong",
  shows: ({ step, received, code, expected }) =>
    / gets "1 X/.test(step) && received === "" && expected !== "" && code === 0,
};

export const waitsForEver: Misunderstanding = {
  says: "this is what a program does that waits for its answer without end",
  read: "The idea",
  shows: ({ silent, step }) => silent && / within \d+ ms" on stderr/.test(step),
  // It still waits: what comes now is printed.
  async proof({ client, peer }) {
    await peer.sends("1 LATE\n");
    await client.prints("LATE");
  },
};

export const printsLate: Misunderstanding = {
  says:
    "this is what a program does that prints the late answer of one line for the next",
  read: "When it goes wrong",
  shows: ({ step, received }) =>
    / prints "(TWO|B)"/.test(step) && /^(LATE|1 LATE)$/.test(received),
};

export const racesRead: Misunderstanding = {
  says:
    "this is what a program does that waits no longer for a read, and lets it go on: it takes the next bytes, and nobody gets them",
  read: "Try this",
  shows: ({ silent, step }) => silent && / prints "B"/.test(step),
  // It gets the next answer only when that comes twice.
  async proof(script) {
    const { client, peer } = script;
    await client.hears("0 c");
    await peer.gets("3 0 c\n");
    await peer.sends("3 C\n");
    await script.step(`${client.label} does not get it`, async () => {
      await client.program.settles();
      if (client.program.rest !== "") throw new Failure("it got it");
    });
    await peer.sends("3 C\n");
    await client.prints("C");
  },
};

export const sendsAgain: Misunderstanding = {
  says:
    "this is what a program does that takes its time-out for proof that nothing was done",
  read: "The idea",
  shows: ({ expected, received }) =>
    expected.startsWith("2 ") && received.startsWith("1 0 a\n"),
};

export const retriesAtOnce: Misunderstanding = {
  says: "this is what a program does that tries again at once",
  read: "The idea",
  shows: ({ found }) => found === "at once",
};

export const retriesForEver: Misunderstanding = {
  says: "this is what a program does that tries again without end",
  read: "The idea",
  shows: ({ found }) => found === "again and again",
};

export const inStep: Misunderstanding = {
  says:
    "this is what a program does whose pauses are the same for everybody: all try again in step",
  read: "Try this",
  shows: ({ found }) => found === "in step",
};

export const noHeartbeat: Misunderstanding = {
  says:
    "this is what a program does that asks nothing while it waits: the system's keep-alive is no heartbeat",
  read: "Try this",
  shows: ({ silent, step, received, expected }) =>
    silent && / gets ("ping|a ping)/.test(step) && received === "" &&
    expected.startsWith("ping"),
  // It is well, and waits: for the answer to its first line, or to the next.
  async proof({ client, peer }) {
    await peer.sends("1 A\n2 A\n");
    await client.prints("A");
  },
};

export const countsPings: Misunderstanding = {
  says:
    "this is what a program does that counts its pings, and not those without an answer",
  read: "Exercise",
  shows: ({ step, found }) =>
    / is still connected/.test(step) && found === "hung up",
};

export const forgetsTimer: Misunderstanding = {
  says: "this is what a program does that forgets to clear its timer",
  read: "Read the code",
  shows: ({ silent, step }) => silent && / ends with exit code 0/.test(step),
  // It ends when the time is up that nobody waits for any more.
  async proof({ yours, patience }) {
    patience.ms = FORGOTTEN_MS;
    await yours.ends();
  },
};

export const hangsUpEarly: Misunderstanding = {
  says:
    "this is what a program does that hangs up when its client has said all, though jobs still run",
  read: "When it goes wrong",
  shows: ({ found }) => found === "hung up with jobs",
};
