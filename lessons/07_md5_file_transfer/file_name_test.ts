import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  baseName,
  checkFileName,
  FileNameError,
  isTemporary,
  temporaryName,
} from "./file_name.ts";

Deno.test("checkFileName() lets plain names pass", () => {
  const names = [
    "a",
    "hello.txt",
    "two words.txt",
    "中文.txt",
    ".hidden",
    "..x",
    "a..b",
    "console",
    "com.txt",
    "con air.txt",
    "👩\u200d🚀.txt", // one picture, of two
    "x".repeat(255),
  ];
  for (const name of names) assertEquals(checkFileName(name), name);
});

Deno.test("checkFileName() refuses names that lead elsewhere or nowhere", () => {
  const names = [
    "",
    ".",
    "..",
    "../x",
    "/etc/x",
    "a/../../x",
    "..\\x",
    "C:x",
    "a:stream",
    "a\0b",
    "a\nb",
    "\x1b[2J",
    "\x9b2J",
    "x".repeat(256),
    "x".repeat(300),
    "中".repeat(86),
    "a.",
    "a ",
    "nul",
    "COM1.txt",
    "COM¹",
    "con .txt",
    "CONIN$",
    "a\u202etxt.exe",
    "a\u200b",
    "\ufeffa",
    "a\u2028b",
    "a\u2066b",
    "\ud800",
    temporaryName(),
    undefined,
    null,
    7,
    ["a"],
  ];
  for (const name of names) {
    const { message } = assertThrows(() => checkFileName(name), FileNameError);
    assert(!/[\p{Cc}\p{Cf}\p{Zl}]/u.test(message), message);
    assert(message.length < 150, message);
  }
});

Deno.test("temporaryName() gives a new name each time, and isTemporary() knows it", () => {
  assert(temporaryName() !== temporaryName());
  assert(isTemporary(temporaryName()));
  for (const name of [".receiving-1.part", "receiving.part", "a.part"]) {
    assert(!isTemporary(name));
  }
});

Deno.test("baseName() gives what stands after the last slash", () => {
  const names = ["a", "b/a", "/b/c/a", "a/", ""].map(baseName);
  assertEquals(names, ["a", "a", "a", "a", ""]);
});
