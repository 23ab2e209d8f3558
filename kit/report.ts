/**
 * A verdict in plain words.
 *
 * @module
 */
import { showDifference } from "./bytes.ts";
import type { Printed, Verdict } from "./case.ts";
import { wrap } from "./wrap.ts";

/** How many of a program's last lines on stderr are shown. */
const MOST_LINES = 12;

/** What is said of a machine that was too busy for a verdict. */
const BUSY =
  "the machine had so much else to do that this may be its fault and not the program's: end what else runs, and check again";

/** The commands that show a case again. */
export interface Replay {
  /** Tries just this case. */
  readonly alone: string;
  /** Shows it on the wire, too. */
  readonly onWire?: string;
}

/**
 * What a failed case tells the learner: what happened, the steps up to the one
 * that failed, the first differing byte, what the programs said, the
 * misunderstanding if one is known, and how to see just this case again.
 *
 * @param replay How that is done; whoever runs the check knows.
 * @returns Lines without colour; for a case that passed, one line.
 */
export function report(verdict: Verdict, replay?: Replay): string {
  const { failure } = verdict;
  if (!failure) return `ok: ${verdict.case.name}`;
  const { expected, received } = failure.seen;
  const sections = [
    wrap(failure.message),
    ["what was done; > marks the step that failed:", ...steps(verdict.steps)],
    expected && received && received.length > 0
      ? showDifference(expected, received)
      : [],
    failure.printed.flatMap(lastWords),
    failure.printed.flatMap(plainWords),
    failure.seen.isBusy ? wrap(BUSY) : [],
    failure.proof
      ? [
        "what was done then, to see why it was silent:",
        ...listed(failure.proof, verdict.steps.length),
      ]
      : [],
    failure.misunderstanding
      ? [
        ...wrap(failure.misunderstanding.says),
        `read: lessons/${verdict.lesson}/README.md, "${failure.misunderstanding.read}"`,
      ]
      : [],
    replay ? commands(replay) : [],
  ];
  return sections.filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n")).join("\n\n");
}

function commands({ alone, onWire }: Replay): string[] {
  return [
    `this case alone: ${alone}`,
    ...(onWire === undefined ? [] : [`on the wire:     ${onWire}`]),
  ];
}

function steps(taken: readonly string[]): string[] {
  return taken.flatMap((step, i) =>
    numbered(step, i + 1, i === taken.length - 1 ? ">" : " ")
  );
}

/** Steps that go on after so many others. */
function listed(taken: readonly string[], after: number): string[] {
  return taken.flatMap((step, i) => numbered(step, after + i + 1));
}

function numbered(step: string, number: number, mark = " "): string[] {
  return wrap(step, `${mark} ${String(number).padStart(2)}. `);
}

/** What Deno's own words about a program's end mean. */
function plainWords({ label, stderr }: Printed): string[] {
  if (/Uncaught \(in promise\)/.test(stderr)) {
    return wrap(
      `${label} died of an error that nothing caught (an unhandled rejection): await each promise, and catch what it may throw`,
    );
  }
  if (/(use|access to) "?(0\.0\.0\.0|\[::\])/.test(stderr)) {
    return wrap(
      `${label} asked for all addresses of the machine: Deno.listen does so where it gets no hostname; give it the address from runServer`,
    );
  }
  return [];
}

function lastWords(printed: Printed): string[] {
  const lines = printed.stderr.trimEnd().split("\n").filter((l) => l !== "");
  if (lines.length === 0) return [];
  const how = printed.code === undefined
    ? ""
    : `, before it ended with exit code ${printed.code}`;
  return [
    `${printed.label} wrote on stderr${how}:`,
    ...lines.slice(-MOST_LINES).map((line) => `  ${line}`),
  ];
}
