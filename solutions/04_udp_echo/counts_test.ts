import { assertEquals } from "@std/assert";
import { Counts } from "./counts.ts";

Deno.test("Counts counts for each client apart", () => {
  const counts = new Counts(10);
  assertEquals(
    ["a", "a", "b", "a", "b"].map((client) => counts.next(client)),
    [1, 2, 1, 3, 2],
  );
});

Deno.test("Counts forgets the client that has been silent longest when there are too many", () => {
  const counts = new Counts(2);
  for (const client of ["a", "b", "a", "c"]) counts.next(client);
  assertEquals(counts.next("a"), 3);
  assertEquals(counts.next("b"), 1);
});

Deno.test("Counts stays small when datagrams come from ever new addresses", () => {
  const counts = new Counts(100);
  for (let i = 0; i < 10_000; i++) counts.next(`127.0.0.1:${i}`);
  assertEquals(counts.size, 100);
});
