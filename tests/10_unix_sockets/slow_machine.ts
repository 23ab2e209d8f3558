/**
 * A slow machine: that nobody is at a path is told late, and with `?listen` it
 * takes a while to listen, too. Loaded before a server, it makes others come
 * between its question and what it does about the answer, as happens by itself
 * now and then.
 *
 * @module
 */

/** How late, in milliseconds: as long as several programs take to start. */
const LATE_MS = 50;

/** One of Deno's calls. */
type Call = (...args: unknown[]) => unknown;

function waitHere(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LATE_MS);
}

/** Puts another call in the place of one of Deno's. */
function replace(name: string, other: (call: Call) => Call): void {
  const call: Call = Reflect.get(Deno, name);
  Object.assign(Deno, { [name]: other(call) });
}

for (const name of ["connect", "lstat", "stat"]) {
  replace(name, (call) => async (...args) => {
    try {
      return await call(...args);
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, LATE_MS));
      throw error;
    }
  });
}

for (const name of ["lstatSync", "statSync"]) {
  replace(name, (call) => (...args) => {
    try {
      return call(...args);
    } catch (error) {
      waitHere();
      throw error;
    }
  });
}

if (import.meta.url.endsWith("?listen")) {
  replace("listen", (call) => (...args) => {
    waitHere();
    return call(...args);
  });
}
