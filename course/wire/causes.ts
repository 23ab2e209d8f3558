/**
 * What follows what inside one program, by cause and not by chance.
 *
 * A program with several tasks waits for several things at once, and which of
 * them comes first may change from run to run. What does not change is what a
 * moment follows: the moments before it in the same task, and those behind
 * what that task has waited for. A task waits with promises, so it is enough
 * to watch them: whoever waits for a promise follows all that its settling has
 * followed.
 *
 * @module
 */

/** The moments that come last in what is known here; what they follow in turn goes without saying. */
type Past = readonly number[];

/** What is known of a promise. */
interface Known {
  /** What was known where it was made. */
  readonly made: Past;
  /** The promise that it waits for; gone when that is settled. */
  awaited: Known | undefined;
  /** The promises that it stands for, where it was made by `Promise.all`. */
  parts?: readonly (Known | undefined)[];
  /** What was known where it was settled. */
  settled: Past;
}

/** A call that is made for a promise, at one point of its life. */
type Hook = (promise: object, parent?: object) => void;

const NOTHING: Past = [];

/** Follows the causes in the program that runs here, from now on. */
export class Causes {
  #now: Past = NOTHING;

  /** Begins to follow. Where this Deno does not let its promises be watched, nothing is ever known. */
  constructor() {
    const promises = new WeakMap<object, Known>();
    const init: Hook = (promise, parent) => {
      const awaited = parent && promises.get(parent);
      promises.set(promise, { made: this.#now, awaited, settled: NOTHING });
    };
    const before: Hook = (promise) => {
      const known = promises.get(promise);
      if (!known) return;
      this.#now = union(known.made, known.awaited?.settled);
      known.awaited = undefined;
    };
    const after: Hook = () => this.#now = NOTHING;
    const resolve: Hook = (promise) => {
      const known = promises.get(promise);
      if (!known) return;
      known.settled = this.#now;
      for (const part of known.parts ?? []) {
        known.settled = union(known.settled, part?.settled);
      }
    };
    watchPromises(init, before, after, resolve);
    watchAll((whole, parts) => {
      const known = promises.get(whole);
      if (known) known.parts = parts.map((part) => promises.get(part));
    });
  }

  /**
   * Something happens here and now. What comes from here on follows it.
   *
   * @param id Its number.
   * @returns The numbers of what it follows; none where that is not known.
   */
  happens(id: number): readonly number[] {
    const past = this.#now;
    this.#now = [id];
    return past;
  }
}

/** Has V8 call these for each promise: when it is made, before and after what waits for it runs, and when it is settled. */
function watchPromises(...hooks: readonly Hook[]): void {
  // No public name leads to V8's hooks: node:async_hooks tells of no promises here.
  const internal: unknown = Reflect.get(Deno, Reflect.get(Deno, "internal"));
  const core = fieldOf(internal, "core");
  const setPromiseHooks = fieldOf(core, "setPromiseHooks");
  if (typeof setPromiseHooks === "function") setPromiseHooks(...hooks);
}

/** Hears of each `Promise.all`: it is settled by the last of its promises, and follows every one. */
function watchAll(
  hear: (whole: object, parts: readonly object[]) => void,
): void {
  for (const name of ["all", "allSettled"] as const) {
    const watched = new Proxy(Promise[name], {
      apply(real, self, given: readonly unknown[]) {
        const whole: unknown = Reflect.apply(real, self, given);
        const [parts] = given;
        if (isObject(whole) && Array.isArray(parts)) {
          hear(whole, parts.filter(isObject));
        }
        return whole;
      },
    });
    Object.defineProperty(Promise, name, { value: watched });
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) ? Reflect.get(value, name) : undefined;
}

function union(one: Past, other: Past = NOTHING): Past {
  if (one.length === 0) return other;
  const more = other.filter((id) => !one.includes(id));
  return more.length === 0 ? one : [...one, ...more];
}
