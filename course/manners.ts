/**
 * What a program does that no check of its bytes can see: connections that it
 * leaves open, addresses that it listens on unasked.
 *
 * @module
 */
import type { Pair } from "@lessons/places.ts";
import type { Check } from "../kit/case.ts";
import { plain } from "../kit/plain.ts";
import { startReaper } from "../kit/reaper.ts";
import type { Call, Recording } from "./wire/recording.ts";

/**
 * Runs the answer's own pair once more with the tap, and tells what it saw of
 * the programs that Deno runs.
 *
 * @returns A sentence for each slip.
 */
export async function findSlips(
  check: Check,
  programs: Pair,
): Promise<string[]> {
  const { runCase } = await import("../kit/case.ts");
  const { Recorder } = await import("./wire/recorder.ts");
  const pair = check.cases.findLast(({ role }) => role === "pair");
  if (!pair) return [];
  startReaper();
  using recorder = new Recorder();
  await runCase(
    check,
    pair,
    programs,
    undefined,
    (side, label) => recorder.flags(side, label),
  );
  return [...new Set(recorder.recordings().flatMap(slipsOf))].map(plain); // the program could have written them
}

/** The slips of one program. */
export function slipsOf(recording: Recording): string[] {
  const { name, moments } = recording;
  const slips: string[] = [];
  const open = new Map<number, Call>();
  const over = new Set<number>(); // connections whose end was read, still open
  const left = new Set<Call>();
  for (const moment of moments) {
    if (moment.type === "start") {
      const { call } = moment;
      if (call.call === "close") {
        open.delete(call.socket);
        over.delete(call.socket);
      } else if (call.call === "accept") {
        // On to the next client: what is over and still open stays open.
        for (const socket of over) {
          const made = open.get(socket);
          if (made) left.add(made);
        }
      }
    } else if (moment.type === "end") {
      const { call } = moment;
      if (call.call === "read" && (call.count === null || call.error)) {
        over.add(call.socket);
      }
      if (!("local" in call) || call.socket === undefined) continue;
      open.set(call.socket, call);
      if (/^(0\.0\.0\.0|\[::\]):/.test(call.local ?? "")) {
        slips.push(
          `${name} listens on all addresses of the machine (${call.local}): give Deno.listen the address that it gets`,
        );
      }
    } else if (moment.type === "exit" && moment.signal === null) {
      for (const call of open.values()) left.add(call);
    }
  }
  if ([...left].some(({ call }) => call === "connect" || call === "accept")) {
    slips.push(
      `${name} does not close its connection: use "using", or close()`,
    );
  }
  if ([...left].some(({ call }) => call === "listen" || call === "bind")) {
    slips.push(
      `${name} ends without closing its ${
        [...left].some(({ call }) => call === "listen") ? "listener" : "socket"
      }: use "using", or close()`,
    );
  }
  return slips;
}
