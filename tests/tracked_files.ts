/**
 * The course's own files.
 *
 * @module
 */
import { assert } from "@std/assert";
import { root } from "@lessons/places.ts";

/** Files of git that are the course's, with `/` between folders: no answer is among them. */
export async function trackedFiles(): Promise<string[]> {
  const { stdout, success } = await new Deno.Command("git", {
    args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd: root,
  }).output();
  assert(success, "git ls-files failed");
  const names = new TextDecoder().decode(stdout).split("\0");
  return names.filter((name) => name !== "" && !name.startsWith("answers/"));
}
