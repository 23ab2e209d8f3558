import { assert, assertEquals, assertFalse } from "@std/assert";
import { Outbox } from "./outbox.ts";

/** Takes bytes only when it is told to. */
class Gate {
  readonly taken: string[] = [];
  #open = Promise.withResolvers<void>();

  async write(bytes: Uint8Array): Promise<number> {
    await this.#open.promise;
    const part = bytes.subarray(0, 8);
    this.taken.push(new TextDecoder().decode(part));
    return part.length;
  }

  open(): void {
    this.#open.resolve();
  }

  fail(): void {
    this.#open.reject(new Deno.errors.BrokenPipe());
  }
}

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("Outbox writes what is put in, in order, however little a write takes", async () => {
  const gate = new Gate();
  const outbox = new Outbox(gate, 100);
  for (const text of ["one ", "two ", "three ", "four"]) {
    assert(outbox.put(bytes(text)));
  }
  gate.open();
  await outbox.flush();
  assert(outbox.put(bytes("!")));
  await outbox.flush();
  assertEquals(gate.taken.join(""), "one two three four!");
});

Deno.test("Outbox takes no more than its limit, what is being written included", async () => {
  const gate = new Gate();
  const outbox = new Outbox(gate, 10);
  assert(outbox.put(bytes("12345")));
  assert(outbox.put(bytes("6789")));
  assertFalse(outbox.put(bytes("ab")));
  assert(outbox.put(bytes("0")));
  gate.open();
  await outbox.flush();
  assertEquals(gate.taken.join(""), "1234567890");
  assert(outbox.put(bytes("1234567890")));
  await outbox.flush();
});

Deno.test("Outbox forgets everything when a write fails", async () => {
  const gate = new Gate();
  const outbox = new Outbox(gate, 10);
  assert(outbox.put(bytes("12345")));
  gate.fail();
  await outbox.flush();
  for (let i = 0; i < 10; i++) assert(outbox.put(bytes("12345")));
  assertEquals(gate.taken, []);
});
