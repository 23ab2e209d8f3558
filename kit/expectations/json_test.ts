import { assert, assertFalse } from "@std/assert";
import { anyError, json, jsonWhere } from "./json.ts";

Deno.test("json() takes every spelling of its value, and no other value", () => {
  const { isRight } = json({ op: "sum", numbers: [1, { b: 2, a: "é" }] });
  const spelled = ' {"numbers": [1.0, {"a":"\\u00e9","b":2}], "op":"sum"}\n';
  assert(isRight(spelled));
  for (
    const other of [
      "",
      "{",
      "null",
      '{"op":"sum"}',
      '{"op":"sum","numbers":[{"b":2,"a":"é"},1]}',
      '{"op":"sum","numbers":[1,{"b":2,"a":"é"}],"x":null}',
    ]
  ) assertFalse(isRight(other), other);
});

Deno.test("anyError takes an error in any words, and nothing else", () => {
  assert(anyError.isRight('{ "error": "" }'));
  for (
    const other of [
      "x",
      "null",
      "[]",
      '{"error":5}',
      '{"ok":"error"}',
      '{"ok":1,"error":"a"}',
    ]
  ) assertFalse(anyError.isRight(other), other);
});

Deno.test("jsonWhere() takes bytes that are no UTF-8 for no JSON", () => {
  const none = jsonWhere("none", (value) => value === undefined);
  assert(none.isRight(new Uint8Array([0x22, 0xff, 0x22])));
  assertFalse(none.isRight('""'));
});
