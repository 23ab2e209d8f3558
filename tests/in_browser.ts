/**
 * Test modules with a browser in one world, where they share it, as `deno task
 * test` runs them; see `course/test_modules.ts`. By itself `deno test` runs
 * each in its own.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { findTestModules } from "../course/test_modules.ts";

for (const file of findTestModules().inBrowser) {
  await import(new URL(file, root).href);
}
