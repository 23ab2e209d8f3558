/**
 * Mutants that nobody can see from outside: each with the reason why no check
 * can catch it, and none has to.
 *
 * @module
 */
import type { Rule } from "../mutants/rules.ts";

/** What a rule makes of a line, where nobody can tell. */
export interface Unseen {
  /** The file, in `solutions/`. */
  readonly of: string;
  /** The line in which the change begins, without indentation and comment. */
  readonly line: string;
  /** The rule. */
  readonly rule: Rule;
  /** What becomes of the line, where it is not all that the rule makes of it. */
  readonly becomes?: string;
  /** Why nobody can see it. */
  readonly why: string;
}

/** All that are known. */
export const unseen: readonly Unseen[] = [];
