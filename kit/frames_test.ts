import { assertEquals } from "@std/assert";
import { lengthOf } from "./bytes.ts";
import { frame } from "./frames.ts";

Deno.test("frame() puts a length before a payload, a false one too", () => {
  assertEquals([...frame("é")], [2, 0, 0, 0, 0xc3, 0xa9]);
  assertEquals([...frame("", -1)], [255, 255, 255, 255]);
  assertEquals(lengthOf(frame("é").subarray(0, 4)), 2);
  assertEquals(lengthOf(frame("", -2)), -2);
});
