import { assert, assertEquals, assertFalse } from "@std/assert";
import { lengthOf } from "./bytes.ts";
import { anyError, frame, json, parseJson } from "./frames.ts";

Deno.test("frame() puts a length before a payload, a false one too", () => {
  assertEquals([...frame("é")], [2, 0, 0, 0, 0xc3, 0xa9]);
  assertEquals([...frame("", -1)], [255, 255, 255, 255]);
  assertEquals(lengthOf(frame("é").subarray(0, 4)), 2);
  assertEquals(lengthOf(frame("", -2)), -2);
});

Deno.test("json() takes every spelling of its value, and no other value", () => {
  const { isRight } = json({ op: "sum", numbers: [1, { b: 2, a: "é" }] });
  const spelled = ' {"numbers": [1.0, {"a":"\\u00e9","b":2}], "op":"sum"}\n';
  assert(isRight(parseJson(spelled)));
  for (
    const other of [
      "",
      "{",
      "null",
      '{"op":"sum"}',
      '{"op":"sum","numbers":[{"b":2,"a":"é"},1]}',
      '{"op":"sum","numbers":[1,{"b":2,"a":"é"}],"x":null}',
    ]
  ) assertFalse(isRight(parseJson(other)), other);
});

Deno.test("anyError takes an error in any words, and nothing else", () => {
  assert(anyError.isRight(parseJson('{ "error": "" }')));
  for (
    const other of [
      "x",
      "null",
      "[]",
      '{"error":5}',
      '{"ok":"error"}',
      '{"ok":1,"error":"a"}',
    ]
  ) assertFalse(anyError.isRight(parseJson(other)), other);
});

Deno.test("parseJson() takes bytes that are no UTF-8 for no JSON", () => {
  assertEquals(parseJson(new Uint8Array([0x22, 0xff, 0x22])), undefined);
});
