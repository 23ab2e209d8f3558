import { assert, assertEquals, assertNotEquals } from "@std/assert";
import {
  Guesses,
  hashPassword,
  hashToken,
  isPassword,
  makeToken,
} from "./passwords.ts";

Deno.test("isPassword() knows the password of a hash, and no other", async () => {
  const kept = await hashPassword("correct horse", 16);
  assert(!kept.includes("correct"));
  assertEquals(await isPassword("correct horse", kept), true);
  assertEquals(await isPassword("correct horsf", kept), false);
  assertEquals(await isPassword("", kept), false);
});

Deno.test("hashPassword() makes another hash each time", async () => {
  assertNotEquals(
    await hashPassword("same", 16),
    await hashPassword("same", 16),
  );
});

Deno.test("makeToken() makes another token each time, of which a hash is kept", () => {
  const token = makeToken();
  assertEquals(token.length, 32);
  assertNotEquals(token, makeToken());
  assertEquals(hashToken(token), hashToken(token));
  assert(!hashToken(token).includes(token));
});

Deno.test("Guesses has the tenth wrong password in a row wait, and counts anew after a right one", async () => {
  const waits: number[] = [];
  const guesses = new Guesses((ms) => {
    waits.push(ms);
    return Promise.resolve();
  });
  const wrong = () => Promise.resolve(false);
  for (let i = 0; i < 9; i++) await guesses.try("anna", wrong);
  assertEquals(waits, []);
  await guesses.try("bob", wrong);
  assertEquals(waits, []);
  assertEquals(await guesses.try("anna", wrong), false);
  assertEquals(waits, [2000]);
  assertEquals(await guesses.try("anna", () => Promise.resolve(true)), true);
  assertEquals(waits, [2000, 2000]);
  await guesses.try("anna", wrong);
  assertEquals(waits, [2000, 2000]);
});

Deno.test("Guesses has those wait that come at once, too", async () => {
  const waits: number[] = [];
  const guesses = new Guesses((ms) => {
    waits.push(ms);
    return Promise.resolve();
  });
  await Promise.all(
    Array.from(
      { length: 12 },
      () => guesses.try("anna", () => Promise.resolve(false)),
    ),
  );
  assertEquals(waits.length, 3);
});

Deno.test("Guesses forgets the name that was guessed at longest ago, and no other", async () => {
  const waits: number[] = [];
  const guesses = new Guesses((ms) => {
    waits.push(ms);
    return Promise.resolve();
  });
  const wrong = () => Promise.resolve(false);
  for (let i = 0; i < 9; i++) await guesses.try("anna", wrong);
  for (let i = 0; i < 9_999; i++) await guesses.try(`name ${i}`, wrong);
  await guesses.try("anna", wrong);
  assertEquals(waits.length, 1);
  for (let i = 0; i < 10_000; i++) await guesses.try(`other ${i}`, wrong);
  await guesses.try("anna", wrong);
  assertEquals(waits.length, 1);
});
