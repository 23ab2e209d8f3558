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

/** The shortest pauses before the second try and those behind it, in milliseconds; the longest are twice that. */
export const PAUSES_MS = [50, 100, 200, 400] as const;

/** The same, for a verdict. */
export const LEAST: string = toldMs(PAUSES_MS);

/**
 * Third and fourth pauses, of 200 to 400 and 400 to 800 ms, that are less
 * apart than this were not left to chance: eight clients that do leave them to
 * chance are so close together once in 70,000 times.
 */
export const IN_STEP_MS = 100;

/** Who comes back sooner than this has not paused, in milliseconds. */
const AT_ONCE_MS = 15;

/** Who has done so in so many rounds, after each of the losses, does it in all of them; a busy machine is late in some. */
const AT_ONCE_ROUNDS = 2;

/** Who has paused in so many rounds does not come back at once. */
const TOO_SOON_ROUNDS = 6;

/** Where a timer is so late, a client may have paused less than it seems, in milliseconds. */
const LATE_MS = 10;

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

/** What a client's pauses were, as often as they were measured. Too short is too short, however late this machine was. */
export class Rounds {
  /** A round in which one was too short. */
  #short: readonly number[] | undefined;
  /** For each of the losses, in how many rounds there was no pause after it. */
  readonly #atOnce: number[] = [];
  #tooSoon = 0;
  /** Whether more rounds would tell nothing more. */
  isClear = false;

  /** One more round. @param lateness How late this machine's timers were, in milliseconds. */
  add(pauses: readonly number[], lateness: number): void {
    const isPauseless = Math.max(...pauses) < AT_ONCE_MS;
    for (const [i, ms] of pauses.entries()) {
      this.#atOnce[i] = (this.#atOnce[i] ?? 0) + (ms < AT_ONCE_MS ? 1 : 0);
    }
    if (!isLongEnough(pauses)) this.#short = pauses;
    // Pauses that are left to chance from nothing on are all short now and then, but hardly ever again.
    if (!isPauseless && lateness < LATE_MS) this.#tooSoon++;
    this.isClear = this.isAtOnce || !this.#short ||
      this.#tooSoon >= TOO_SOON_ROUNDS;
  }

  /** The pauses of a round in which one was too short; `undefined` where there was none. */
  get short(): readonly number[] | undefined {
    return this.#short;
  }

  /** Whether there were no pauses, and that not by chance. */
  get isAtOnce(): boolean {
    return this.#atOnce.every((rounds) => rounds >= AT_ONCE_ROUNDS);
  }
}

/** A client's pauses must not be shorter than asked for. */
export async function mustPause(
  script: Script,
  { label }: ClientActor,
  { short, isAtOnce }: Rounds,
): Promise<void> {
  await script.step(`its pauses were not shorter than ${LEAST}`, () => {
    if (!short) return;
    throw new Failure(
      `${label} tried again after ${
        toldMs(short)
      }; it was expected to pause for ${LEAST} at least`,
      { found: isAtOnce ? "at once" : "too soon" },
    );
  });
}

/** Pauses, for a verdict. */
export function toldMs(pauses: readonly number[]): string {
  return pauses.map((ms) => `${ms.toFixed(0)} ms`).join(", ");
}
