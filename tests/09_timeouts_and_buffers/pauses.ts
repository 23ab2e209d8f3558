/**
 * How long clients pause before they try again, measured.
 *
 * @module
 */
import type { ClientActor } from "../../kit/actors.ts";
import type { MetClient } from "../../kit/cases.ts";
import { Failure } from "../../kit/failure.ts";
import { guard, Hang } from "../../kit/guard.ts";
import type { Script } from "../../kit/script.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import { GRAIN_MS } from "./steps.ts";

/** So many clients lose their server at the same moment. */
export const RIVALS = 8;

/** How often they do. The last two pauses are long enough to tell. */
export const LOSSES = 4;

/** The shortest pauses before the second, the third and the fourth try, in milliseconds; the longest are twice that. */
export const PAUSES_MS = [50, 100, 200] as const;

/**
 * Third and fourth pauses, of 200 to 400 and 400 to 800 ms, that are less
 * apart than this were not left to chance: eight clients that do leave them to
 * chance are so close together once in 70,000 times.
 */
export const IN_STEP_MS = 100;

/** Who comes back sooner than this has not paused, in milliseconds. */
const AT_ONCE_MS = 15;

/** How often a timer looks how late it is, in milliseconds. */
const LATENESS_MS = 10;

/** Whether the third and the fourth pauses of several clients were as good as the same. */
export function isInStep(pauses: readonly (readonly number[])[]): boolean {
  return [2, 3].every((i) => {
    const all = pauses.map((one) => one[i] ?? NaN);
    return Math.max(...all) - Math.min(...all) < IN_STEP_MS;
  });
}

/** How late this machine's timers are. */
export class Lateness implements Disposable {
  /** The most that one was late so far, in milliseconds. */
  most = 0;
  #due = performance.now() + LATENESS_MS;
  readonly #timer = setInterval(() => {
    this.most = Math.max(this.most, performance.now() - this.#due);
    this.#due = performance.now() + LATENESS_MS;
  }, LATENESS_MS);

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

/** A client's server hangs up again and again. @returns How long it took to come back, in milliseconds. */
export async function pausesOf(
  script: Script,
  { conn, server, client }:
    & { conn: TcpPeer }
    & Pick<MetClient, "server" | "client">,
): Promise<number[]> {
  const pauses: number[] = [];
  let { wire } = conn;
  try {
    for (let i = 0; i < LOSSES; i++) {
      const start = performance.now();
      wire.close();
      wire = await guard(script.patience, server.accept());
      pauses.push(performance.now() - start);
      const opened = wire;
      script.onEnd(() => opened.close());
      await guard(script.patience, wire.read());
    }
  } catch (error) {
    if (!(error instanceof Hang)) throw error;
    throw Failure.ofSilence(
      error,
      `${client.label} did not come back for ${error.time}`,
    );
  }
  return pauses;
}

/** Whether none of them was shorter than asked for. */
export function isLongEnough(pauses: readonly number[]): boolean {
  return pauses.every((ms, i) => ms >= (PAUSES_MS[i] ?? 0) - GRAIN_MS);
}

/** Whether one of them was none. */
export function isAtOnce(pauses: readonly number[]): boolean {
  return Math.min(...pauses) < AT_ONCE_MS;
}

/** A client's pauses must not be shorter than asked for. */
export async function mustPause(
  script: Script,
  { label }: ClientActor,
  pauses: readonly number[],
): Promise<void> {
  const least = PAUSES_MS.map((ms) => `${ms} ms`).join(", ");
  await script.step(`its pauses were not shorter than ${least}`, () => {
    if (isLongEnough(pauses)) return;
    const found = pauses.map((ms) => `${ms.toFixed(0)} ms`).join(", ");
    throw new Failure(
      `${label} tried again after ${found}; it was expected to pause for ${least} at least`,
      { found: isAtOnce(pauses) ? "at once" : "too soon" },
    );
  });
}
