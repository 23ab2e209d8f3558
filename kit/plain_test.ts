import { assertEquals } from "@std/assert";
import { plain } from "./plain.ts";

Deno.test("plain() leaves text in any script alone, and its lines and tabs", () => {
  const text = "passed:\tall 20 cases, 你好, Zoë, 👋\nнова\n";
  assertEquals(plain(text), text);
  assertEquals(plain("a\r\nb"), "a\nb");
});

Deno.test("plain() shows what a terminal would obey", () => {
  assertEquals(plain("\x1b[2J\x1b[Hpassed"), "\\u001b[2J\\u001b[Hpassed");
  assertEquals(plain("\x9b2J"), "\\u009b2J"); // the same in one character
  assertEquals(plain("ok\rno\b\x07\0"), "ok\\rno\\b\\u0007\\u0000");
  assertEquals(plain("a\u202eb\u200bc\u2028d"), "a\\u202eb\\u200bc\\u2028d");
  assertEquals(plain("\u{e0041}"), "\\u{e0041}");
});
