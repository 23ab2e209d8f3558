import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "@lessons/program.ts";
import { readMode } from "./mode.ts";

Deno.test("readMode() takes the three modes, glue where none is named", () => {
  assertEquals(["glue", "leftover", "fixed"].map(readMode), [
    "glue",
    "leftover",
    "fixed",
  ]);
  assertEquals(readMode(), "glue");
});

Deno.test("readMode() throws when the mode is another", () => {
  assertThrows(() => readMode("both"), UsageError, 'not "both"');
});
