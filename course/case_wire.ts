/**
 * A case of a check on the wire.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import type { Pair } from "@lessons/places.ts";
import { type Case, type Check, runCase, sidesOf } from "../kit/case.ts";
import { startReaper } from "../kit/reaper.ts";
import type { Side } from "../kit/script.ts";
import { Recorder } from "./wire/recorder.ts";
import type { Recording } from "./wire/recording.ts";

/** What stands over the rails of a case, where the check itself plays a side and is not recorded. */
export function headsOf({ role }: Case): { readonly [K in Side]?: string } {
  return role === "server"
    ? { client: "the check" }
    : role === "client"
    ? { server: "the check" }
    : {};
}

/** Whether any program of a case can be recorded: Deno runs it. */
export function canRecord(aCase: Case, programs: Pair): boolean {
  return aCase.role === "pair" ||
    sidesOf(aCase).some((side) => programs[side] instanceof URL);
}

/** Tries a case once more, with its programs recorded. */
export async function recordCase(
  lesson: Lesson,
  check: Check,
  aCase: Case,
  programs: Pair,
): Promise<Recording[]> {
  startReaper();
  using recorder = new Recorder({ frames: lesson.exercise.frames });
  await runCase(
    check,
    aCase,
    programs,
    undefined,
    (side, label) => recorder.flags(side, label),
  );
  return recorder.recordings();
}
