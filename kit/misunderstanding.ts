/**
 * Misunderstandings: wrong ideas that show in what a program does.
 *
 * @module
 */
import type { Script } from "./script.ts";

/** A wrong idea that shows in what a program does. */
export interface Misunderstanding {
  /** Its name, a sentence: `this is what a program does that …`. */
  readonly says: string;
  /** The lesson whose README clears it up, `NN_name`; the case's own unless told otherwise. */
  readonly lesson?: string;
  /** The heading under which it does. */
  readonly read: string;
  /** Tells by what a case has seen whether this is it. */
  readonly shows: (evidence: Evidence) => boolean;
  /**
   * Goes on with the script where the program is silent: does what would end
   * the silence if this were the reason, and expects that it does.
   *
   * Silence has many reasons. Without a proof it names none of them.
   */
  readonly proof?: (script: Script, evidence: Evidence) => Promise<void>;
}

/** What a misunderstanding is recognised by. */
export interface Evidence {
  /** The step that failed, in the verdict's words. */
  readonly step: string;
  /** The bytes that should have come, as text; empty where none were in question. */
  readonly expected: string;
  /** The bytes that came, as text. */
  readonly received: string;
  /** What was found, where it was no bytes that came; empty elsewhere. */
  readonly found: string;
  /** True where something was waited for in vain. */
  readonly silent: boolean;
  /** What the program under test printed. */
  readonly stdout: string;
  /** What it wrote on stderr. */
  readonly stderr: string;
  /** Its exit code, where it ended by itself. */
  readonly code: number | undefined;
}
