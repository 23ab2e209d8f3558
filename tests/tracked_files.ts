/**
 * The course's own files.
 *
 * @module
 */
import { assert } from "@std/assert";
import { root } from "@lessons/places.ts";

/** Files of git that are the course's, with `/` between folders: no answer is among them. */
export async function trackedFiles(): Promise<string[]> {
  const names = await listFiles("--cached", "--others", "--exclude-standard");
  return names.filter((name) => !name.startsWith("answers/"));
}

/** Answers that git keeps. A learner's fork may have some; the course itself has none. */
export async function trackedAnswers(): Promise<string[]> {
  return await listFiles("--cached", "--", "answers");
}

/** What `git ls-files` lists. */
async function listFiles(...args: readonly string[]): Promise<string[]> {
  const { stdout, success } = await new Deno.Command("git", {
    args: ["ls-files", "-z", ...args],
    cwd: root,
  }).output();
  assert(success, "git ls-files failed");
  const names = new TextDecoder().decode(stdout).split("\0");
  return names.filter((name) => name !== "");
}
