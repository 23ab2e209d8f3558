import { assertEquals, assertRejects } from "@std/assert";
import { readAhead } from "./read_ahead.ts";

/** A source that gives at most so many bytes a read. */
function source(bytes: number[], most: number) {
  let at = 0;
  return {
    read(buffer: Uint8Array) {
      const part = bytes.slice(at, at + Math.min(most, buffer.length));
      at += part.length;
      buffer.set(part);
      return Promise.resolve(part.length === 0 ? null : part.length);
    },
  };
}

async function pieces(...args: Parameters<typeof readAhead>) {
  const found: number[][] = [];
  for await (const piece of readAhead(...args)) found.push([...piece]);
  return found;
}

Deno.test("readAhead() gives all bytes in order when a read gives fewer than asked for", async () => {
  const bytes = [1, 2, 3, 4, 5, 6, 7];
  for (const most of [1, 2, 3, 7, 100]) {
    for (const size of [1, 2, 3, 7, 100]) {
      assertEquals((await pieces(source(bytes, most), { size })).flat(), bytes);
    }
  }
});

Deno.test("readAhead() puts the head before the first bytes", async () => {
  const head = new Uint8Array([8, 9]);
  assertEquals(await pieces(source([1, 2, 3], 2), { head, size: 2 }), [
    [8, 9, 1, 2],
    [3],
  ]);
  assertEquals(await pieces(source([], 2), { head, size: 2 }), [[8, 9]]);
  assertEquals(await pieces(source([], 2)), []);
});

Deno.test("readAhead() throws what the source throws", async () => {
  const broken = { read: () => Promise.reject(new Error("broken")) };
  await assertRejects(() => pieces(broken), Error, "broken");
});

Deno.test("readAhead() waits for the read ahead when its caller leaves early", async () => {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeFile(path, new Uint8Array(10));
    using file = await Deno.open(path);
    for await (const _piece of readAhead(file, { size: 2 })) break;
  } finally {
    await Deno.remove(path);
  }
});
