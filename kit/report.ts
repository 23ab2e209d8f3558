/**
 * A verdict in plain words.
 *
 * @module
 */
import { showDifference } from "./bytes.ts";
import type { Printed, Verdict } from "./case.ts";
import { plain } from "./plain.ts";
import { wrap } from "./wrap.ts";

/** How many of a program's last lines on stderr are shown. */
const MOST_LINES = 12;

/** How many of its last lines on stdout, where it wrote none on stderr. */
const MOST_PRINTED = 4;

/** How much of a line is shown, in characters. */
const MOST_WIDE = 400;

/** How many steps are shown, where there are more than both together: so many from the first, so many to the last. */
const FIRST_STEPS = 4;
const LAST_STEPS = 24;

/** What is said of a machine that was too busy for a verdict. */
export const BUSY =
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
  const { expected, received, isExample } = failure.seen;
  const sections = [
    [...wrap(failure.message), ...asked(verdict)],
    ["what was done; > marks the step that failed:", ...steps(verdict.steps)],
    expected && received && received.length > 0 && !isExample
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
        `read: lessons/${
          failure.misunderstanding.lesson ?? verdict.lesson
        }/README.md, "${failure.misunderstanding.read}"`,
      ]
      : [],
    replay ? commands(replay) : [],
  ];
  return plain(
    sections.filter((lines) => lines.length > 0)
      .map((lines) => lines.join("\n")).join("\n\n"),
  );
}

function commands({ alone, onWire }: Replay): string[] {
  return [
    `this case alone: ${alone}`,
    ...(onWire === undefined ? [] : [`on the wire:     ${onWire}`]),
  ];
}

/** Where the page asks for what the case tried. */
function asked({ lesson, case: { guards = [] } }: Verdict): string[] {
  if (guards.length === 0) return [];
  const numbers = new Intl.ListFormat("en").format(guards.map(String));
  return wrap(
    `it is asked for in lessons/${lesson}/README.md, "Exercise", ${numbers}`,
  );
}

/** All steps; of very many the first and the last. */
function steps(taken: readonly string[]): string[] {
  const from = FIRST_STEPS;
  const to = Math.max(from, taken.length - LAST_STEPS);
  return taken.flatMap((step, i) => {
    if (i === from && to > from) return [`      … ${to - from} steps more …`];
    if (i >= from && i < to) return [];
    return numbered(step, i + 1, i === taken.length - 1 ? ">" : " ");
  });
}

/** Steps that go on after so many others. */
function listed(taken: readonly string[], after: number): string[] {
  return taken.flatMap((step, i) => numbered(step, after + i + 1));
}

function numbered(step: string, number: number, mark = " "): string[] {
  return wrap(step, `${mark} ${String(number).padStart(2)}. `);
}

/** What Deno's own words about a program's end mean, as lines. */
export function plainWords({ label, stderr, mistake }: Printed): string[] {
  if (mistake) {
    const { error, place, text, means } = mistake;
    return [
      ...wrap(`${label} ended by a mistake in it: ${error}`),
      ...(place === undefined ? [] : [`  ${place}: ${text ?? ""}`]),
      ...(means === undefined ? [] : wrap(means)),
    ];
  }
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

/** What a program said last, as lines: none where that tells nothing. */
export function lastWords({ label, stdout, stderr, code }: Printed): string[] {
  const how = code === undefined
    ? ""
    : `, before it ended with exit code ${code}`;
  const shown = lastLines(stderr, MOST_LINES);
  if (shown.length > 0) return [`${label} wrote on stderr${how}:`, ...shown];
  if (code === undefined || code === 0) return [];
  // It gave up without a word on stderr: its reason may stand on stdout.
  const printed = lastLines(stdout, MOST_PRINTED);
  return printed.length === 0 ? [] : [`${label} printed${how}:`, ...printed];
}

function lastLines(text: string, most: number): string[] {
  return text.trimEnd().split(/\r?\n/).filter((line) => line !== "")
    .slice(-most).map((line) =>
      line.length > MOST_WIDE
        ? `  ${line.slice(0, MOST_WIDE)}… (${line.length} characters)`
        : `  ${line}`
    );
}
