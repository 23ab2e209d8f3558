/**
 * What takes long is tried as a sample by `deno task test`, and as a whole by
 * `deno task languages`.
 *
 * @module
 */

/** Whether all of it is wanted: the environment variable `COURSE_WHOLE` is 1. */
export const isWhole: boolean = Deno.env.get("COURSE_WHOLE") === "1";

/** All of these, or every fourth. */
export function sampled<T>(all: readonly T[]): readonly T[] {
  return isWhole ? all : all.filter((_, i) => i % 4 === 0);
}
