import { assertEquals } from "@std/assert";
import { chop } from "./faults/chop.ts";
import { cut } from "./faults/cut.ts";
import { halfClose } from "./faults/half_close.ts";
import { hangUp } from "./faults/hang_up.ts";
import { reset } from "./faults/reset.ts";
import { stall } from "./faults/stall.ts";
import { type Fault, plan } from "./plan.ts";

const encoder = new TextEncoder();

/** A plan as text: a write as its text, any other move in brackets. */
function told(text: string, ...faults: Fault[]): string {
  return plan(encoder.encode(text), ...faults).map((move) => {
    if (move.do === "write") return new TextDecoder().decode(move.bytes);
    if (move.do === "pause") return `[pause ${move.ms}]`;
    return `[${move.do}]`;
  }).join(" ");
}

Deno.test("a plan without faults is one write", () => {
  assertEquals(told("hello"), "hello");
  assertEquals(told(""), "");
});

Deno.test("cut() makes writes of the sizes, the last one for the rest", () => {
  assertEquals(told("hello", cut(2)), "he [pause 0] ll [pause 0] o");
  assertEquals(told("hello", cut(1, 3)), "h [pause 0] ell [pause 0] o");
  assertEquals(told("hello", cut(9)), "hello");
});

Deno.test("chop() makes writes of one size without a pause", () => {
  assertEquals(told("hello", chop(2)), "he ll o");
  assertEquals(told("hello you", chop(1, 2, 3)), "h e l lo   you");
  assertEquals(told("", chop(2), halfClose()), "[half-close]");
});

Deno.test("stall(), halfClose(), hangUp() and reset() add their moves", () => {
  assertEquals(told("hi", stall(5), halfClose()), "[pause 5] hi [half-close]");
  assertEquals(told("", hangUp()), "[close]");
  assertEquals(told("hi", reset()), "hi [reset]");
});
