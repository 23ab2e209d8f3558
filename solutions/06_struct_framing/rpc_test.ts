import { assertEquals, assertLessOrEqual } from "@std/assert";
import { answer, encodeError, LONGEST } from "./rpc.ts";

function ask(request: string | Uint8Array): { ok?: unknown; error?: unknown } {
  const payload = typeof request === "string"
    ? new TextEncoder().encode(request)
    : request;
  const reply = answer(payload);
  assertLessOrEqual(reply.length, LONGEST);
  return JSON.parse(new TextDecoder().decode(reply));
}

const right: [request: string, ok: string | number][] = [
  ['{"op":"upper","text":"grün 你好"}', "GRÜN 你好"],
  ['{"op":"upper","text":""}', ""],
  [' { "text" : "a\\nb" , "op" : "upper", "more": [] } ', "A\nB"],
  ['{"op":"sum","numbers":[1,-2.5,1e3]}', 998.5],
  ['{"op":"sum","numbers":[0.1,0.2]}', 0.1 + 0.2],
  ['{"op":"sum","numbers":[]}', 0],
  ['{"op":"repeat","text":"ab","times":3}', "ababab"],
  ['{"op":"repeat","text":"ab","times":0}', ""],
  ['{"op":"repeat","text":"","times":1e300}', ""],
];

for (const [request, ok] of right) {
  Deno.test(`answer() is right about ${request}`, () => {
    assertEquals(ask(request), { ok });
  });
}

const wrong: [request: string, error: string][] = [
  ["", "not JSON"],
  ['{"op":"upper"', "not JSON"],
  ["[1]", "not a JSON object"],
  ["null", "not a JSON object"],
  ['"upper"', "not a JSON object"],
  ["{}", "no such op: upper, sum and repeat are known"],
  ['{"op":"toString"}', "no such op: upper, sum and repeat are known"],
  ['{"op":["upper"]}', "no such op: upper, sum and repeat are known"],
  ['{"op":"upper"}', '"text" must be a string'],
  ['{"op":"upper","text":5}', '"text" must be a string'],
  ['{"op":"sum"}', '"numbers" must be an array of numbers'],
  ['{"op":"sum","numbers":5}', '"numbers" must be an array of numbers'],
  ['{"op":"sum","numbers":[1,"2"]}', '"numbers" must be an array of numbers'],
  ['{"op":"sum","numbers":[null]}', '"numbers" must be an array of numbers'],
  [
    '{"op":"sum","numbers":[1e308,1e308]}',
    "the sum is too large for a JSON number",
  ],
  ...["-1", "1.5", '"3"', "null", "true"].map((times): [string, string] => [
    `{"op":"repeat","text":"ab","times":${times}}`,
    '"times" must be a whole number, 0 or more',
  ]),
  ['{"op":"repeat","times":3}', '"text" must be a string'],
];

for (const [request, error] of wrong) {
  Deno.test(`answer() says what is wrong with ${request || "nothing"}`, () => {
    assertEquals(ask(request), { error });
  });
}

Deno.test("answer() takes bytes that are no UTF-8 for no JSON", () => {
  const request = new TextEncoder().encode('{"op":"upper","text":"?"}');
  request[request.indexOf(0x3f)] = 0xff;
  assertEquals(ask(request), { error: "not JSON" });
});

Deno.test("answer() gives a reply of exactly the limit, and not one byte more", () => {
  const room = LONGEST - '{"ok":""}'.length;
  const request = (text: string, times: number) =>
    JSON.stringify({ op: "repeat", text, times });
  assertEquals(ask(request("a", room)), { ok: "a".repeat(room) });
  const tooLong = "the reply would be longer than 1048576 bytes";
  assertEquals(ask(request("a", room + 1)), { error: tooLong });
  assertEquals(ask(request("你", 400_000)), { error: tooLong });
  assertEquals(ask(request("\n", 600_000)), { error: tooLong });
  assertEquals(ask(request("ab", 1e300)), { error: tooLong });
});

Deno.test("answer() counts a reply in capitals too", () => {
  const text = "ΐ".repeat(500_000); // two bytes each, six in capitals
  const reply = ask(JSON.stringify({ op: "upper", text }));
  assertEquals(reply.error, "the reply would be longer than 1048576 bytes");
});

Deno.test("encodeError() makes an error of a text", () => {
  assertEquals(
    new TextDecoder().decode(encodeError("a b")),
    '{"error":"a b"}',
  );
});
