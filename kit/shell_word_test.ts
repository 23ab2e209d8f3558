import { assertEquals } from "@std/assert";
import { shellWord } from "./shell_word.ts";

Deno.test("shellWord() leaves plain words alone and quotes what a shell would change", () => {
  assertEquals(shellWord("../a-b/c.d", "linux"), "../a-b/c.d");
  assertEquals(shellWord("", "linux"), "''");
  assertEquals(shellWord("a b", "darwin"), "'a b'");
  assertEquals(shellWord("it's $5", "linux"), "'it'\\''s $5'");
  assertEquals(shellWord(String.raw`C:\a`, "windows"), String.raw`C:\a`);
  assertEquals(shellWord(String.raw`C:\a`, "linux"), String.raw`'C:\a'`);
  assertEquals(shellWord('100% "a"', "windows"), '"100% ""a"""');
});
