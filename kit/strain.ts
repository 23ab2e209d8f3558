/**
 * Notices that the machine does not keep up: its own timers come late, a
 * program waits for a processor or a disk while it has something to do, or
 * starting a program is slow.
 *
 * @module
 */
import { type Patience, STEP_MS } from "./guard.ts";
import { isAtRest, type Needs, needsOf } from "./reaper.ts";

/** How often a program is looked at while it runs, in milliseconds. */
const LOOK_MS = 250;

/** How often a timer of this process looks how late it is, in milliseconds: it is late again each time that this process has to wait. */
const TICK_MS = 25;

/** How late a timer is on a machine that keeps up, in milliseconds. */
const GRAIN_MS = 5;

/** How long a machine that keeps up takes at most to start a trivial program, in milliseconds. */
const START_MS = 100;

/** How long the answer to what a program needs may take on a machine that keeps up, in milliseconds. */
const ANSWER_MS = 50;

/** Adds up how late this process is, as long as somebody wants to know. */
class Lateness {
  #sum = 0;
  #due = 0;
  #users = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** How late it was so far, in milliseconds. */
  get sum(): number {
    return this.#sum + this.#overdue;
  }

  get #overdue(): number {
    if (this.#users === 0) return 0;
    return Math.max(0, performance.now() - this.#due - GRAIN_MS);
  }

  /** Somebody wants to know from now on. */
  begin(): void {
    if (this.#users++ > 0) return;
    this.#due = performance.now() + TICK_MS;
    this.#timer = setInterval(() => {
      this.#sum += this.#overdue;
      this.#due = performance.now() + TICK_MS;
    }, TICK_MS);
  }

  /** Nobody does any more, or one less. */
  end(): void {
    if (this.#users === 1) {
      this.#sum = this.sum;
      clearInterval(this.#timer);
    }
    this.#users--;
  }
}

const lateness = new Lateness();

/** Adds up for how long a machine has kept one program waiting. */
export class Strain implements AsyncDisposable {
  #lost = 0;
  /** What it needed at the last look. */
  #needs: Needs | undefined;
  #looked = performance.now();
  /** How late this process itself had been by then, in milliseconds. */
  #late: number;
  #looking: Promise<void> | undefined;
  readonly #timer: ReturnType<typeof setInterval>;

  /** Begins. @param pid The program: it has just been started. */
  constructor(readonly pid: number) {
    lateness.begin();
    this.#late = lateness.sum;
    this.#timer = setInterval(() => this.#look(false), LOOK_MS);
  }

  /** For how much of the time since it began the machine did not keep up, in milliseconds, as of the last look. */
  get lost(): number {
    return this.#lost;
  }

  /** Brings {@linkcode lost} up to date. */
  async look(): Promise<void> {
    await this.#look(true);
  }

  /** Ends: the program has. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    lateness.end();
    await this.#looking;
  }

  /** @param mayStart Whether a program may be started to see how long that takes. */
  #look(mayStart: boolean): Promise<void> {
    this.#looking ??= this.#add(mayStart).finally(() =>
      this.#looking = undefined
    );
    return this.#looking;
  }

  async #add(mayStart: boolean): Promise<void> {
    const asked = performance.now();
    const needs = await needsOf(this.pid);
    const answered = performance.now();
    const isKnown = needs !== undefined || this.#needs !== undefined;
    if (!isKnown && !mayStart) return;
    const took = isKnown ? 0 : await startTrivial();
    const now = performance.now();
    const { sum } = lateness;
    const late = Math.max(sum - this.#late, answered - asked - ANSWER_MS); // who looks waits for a processor, too
    const gap = now - this.#looked;
    let waited = Math.max(0, gap * (1 - START_MS / took)); // took 0: nothing
    for (const [pid, ms] of Object.entries(needs?.waits ?? {})) {
      const before = this.#needs?.waits[Number(pid)] ?? 0;
      waited += Math.max(0, ms - before); // less: a thread has ended
    }
    if (needs?.isAtDisk) waited = gap;
    // The two wait in turn: one for what the other is not let do.
    this.#lost += Math.min(gap, waited + late);
    this.#needs = needs ?? this.#needs;
    this.#looked = now;
    this.#late = sum;
  }
}

/** Starts a program that does nothing. @returns How long it took, in milliseconds. */
async function startTrivial(): Promise<number> {
  const start = performance.now();
  await new Deno.Command(Deno.execPath(), {
    args: ["--version"],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  return performance.now() - start;
}

/**
 * Patience with programs that may wait for each other: what any of them lost
 * is not held against any.
 */
export class SharedPatience implements Patience {
  /** The limit on a machine that keeps up, in milliseconds. */
  ms: number = STEP_MS;
  #repeated = 0;
  /** When what is being done again was begun. */
  #repeating: number | undefined;

  /** A step's time. @param strains Those of the programs; asked for anew each time, for programs come and go. */
  constructor(readonly strains: () => readonly Strain[]) {}

  /** For how much of the time so far the machine did not keep up, in milliseconds. */
  get lost(): number {
    return this.strains().reduce((sum, { lost }) => sum + lost, 0);
  }

  /** How long all took that was done again because the machine had not kept up, in milliseconds. */
  get repeated(): number {
    const now = performance.now();
    return this.#repeated + now - (this.#repeating ?? now);
  }

  /** Begins something that is done again. @returns What ends it. */
  repeat(): Disposable {
    this.#repeating = performance.now();
    return {
      [Symbol.dispose]: () => {
        this.#repeated = this.repeated;
        this.#repeating = undefined;
      },
    };
  }

  /** Brings {@linkcode lost} up to date. */
  async look(): Promise<void> {
    await Promise.all(this.strains().map((strain) => strain.look()));
  }

  /** Whether all of them have come to rest; `undefined` where one has ended or this system does not tell. */
  async rests(): Promise<boolean | undefined> {
    for (const { pid } of this.strains()) {
      const rests = await isAtRest(pid);
      if (!rests) return rests;
    }
    return true;
  }
}
