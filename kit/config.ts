/**
 * The course's configuration, for programs that are run from anywhere.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { fromFileUrl } from "./file_url.ts";

/**
 * Deno's flags by which the course's `deno.json` holds for a program, and
 * `deno.lock` for the packages that it imports.
 *
 * The lock file is no part of `deno.json`, because `deno task` would then fetch
 * all the packages in it, the slides' and the browser tests' too, before any
 * command begins.
 */
export const COURSE_FLAGS: readonly string[] = [
  `--config=${fromFileUrl(new URL("deno.json", root))}`,
  `--lock=${fromFileUrl(new URL("deno.lock", root))}`,
];
