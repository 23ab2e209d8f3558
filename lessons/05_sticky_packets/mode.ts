/**
 * The three modes of the lesson's pair.
 *
 * @module
 */
import { UsageError } from "@lessons/program.ts";

/** What the pair shows: messages glued together, a rest left over, or reads of a fixed size. */
export type Mode = "glue" | "leftover" | "fixed";

/**
 * The mode that a flag's value names.
 *
 * @param text The value of `--mode`; without it the mode is `glue`.
 * @throws {UsageError} Where it names none.
 */
export function readMode(text = "glue"): Mode {
  if (text === "glue" || text === "leftover" || text === "fixed") return text;
  throw new UsageError(`--mode is glue, leftover or fixed, not "${text}"`);
}
