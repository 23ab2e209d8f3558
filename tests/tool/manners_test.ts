/**
 * What the tap tells about a program beside its bytes.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { pairIn, solutionFolder } from "@lessons/places.ts";
import { wholeLessons } from "@lessons/parts.ts";
import { findSlips, slipsOf } from "../../course/manners.ts";
import { readRecordings } from "../../course/wire/read.ts";
import { type Check } from "../../kit/case.ts";
import { startReaper } from "../../kit/reaper.ts";

startReaper();

/** The slips of a server that was recorded like this, a call a line: its fields when it starts, and when it is done. */
function slips(
  calls: readonly [Record<string, unknown>, Record<string, unknown>?][],
  exit?: { code: number; signal: string | null },
): string[] {
  const lines: unknown[] = [
    { type: "program", version: 1, side: "server", name: "s", origin: 0 },
  ];
  for (const [i, [call, done]] of calls.entries()) {
    lines.push({ type: "call", seq: i + 1, at: i, ...call });
    if (done) lines.push({ type: "done", seq: i + 1, at: i, ...done });
  }
  if (exit) lines.push({ type: "exit", at: 99, ...exit });
  const text = lines.map((line) => JSON.stringify(line)).join("\n");
  return readRecordings(text).flatMap(slipsOf);
}

const listen = (local = "127.0.0.1:1"): [
  Record<string, unknown>,
  Record<string, unknown>,
] => [
  { call: "listen", transport: "tcp", address: local },
  { socket: 1, local },
];
const accept = (socket: number): [
  Record<string, unknown>,
  Record<string, unknown>,
] => [
  { call: "accept", socket: 1 },
  { socket, local: "127.0.0.1:1", remote: "127.0.0.1:2" },
];
const readEnd = (socket: number): [
  Record<string, unknown>,
  Record<string, unknown>,
] => [{ call: "read", socket, room: 9 }, { count: null }];
const close = (socket: number): [
  Record<string, unknown>,
  Record<string, unknown>,
] => [{ call: "close", socket }, {}];
const ended = { code: 0, signal: null };

Deno.test("slipsOf() finds a connection that is left open when the next client is awaited", () => {
  const open = [listen(), accept(2), readEnd(2), accept(3)];
  assertEquals(slips(open), [
    's does not close its connection: use "using", or close()',
  ]);
  const closed = [listen(), accept(2), readEnd(2), close(2), accept(3)];
  assertEquals(slips(closed), []);
});

Deno.test("slipsOf() finds what a program that ends leaves open", () => {
  assertEquals(slips([listen(), accept(2), close(2)], ended), [
    's ends without closing its listener: use "using", or close()',
  ]);
  assertEquals(slips([listen(), accept(2), close(2), close(1)], ended), []);
  assertEquals(slips([listen(), accept(2)]), [], "it may have been stopped");
});

Deno.test("slipsOf() finds a program that listens on all addresses", () => {
  assertEquals(slips([listen("0.0.0.0:8001")]), [
    "s listens on all addresses of the machine (0.0.0.0:8001): give Deno.listen the address that it gets",
  ]);
});

for (const { name } of wholeLessons) {
  Deno.test(`no slip is found in the solution of ${name}`, async () => {
    const { check }: { check: Check } = await import(`../${name}_test.ts`);
    assertEquals(await findSlips(check, pairIn(solutionFolder(name))), []);
  });
}
