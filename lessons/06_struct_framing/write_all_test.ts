import { assertEquals, assertRejects } from "@std/assert";
import { writeAll } from "./write_all.ts";

/** A writer that takes so many bytes of each write, then throws where there is no number. */
function takesAtMost(...sizes: number[]) {
  const writes: number[][] = [];
  return {
    writes,
    write(bytes: Uint8Array): Promise<number> {
      const size = sizes.shift();
      if (size === undefined) return Promise.reject(new Error("pipe broke"));
      const part = bytes.subarray(0, size);
      writes.push([...part]);
      return Promise.resolve(part.length);
    },
  };
}

const bytes = new Uint8Array([1, 2, 3, 4, 5]);

Deno.test("writeAll writes once where one write takes everything", async () => {
  const writer = takesAtMost(5);
  await writeAll(writer, bytes);
  assertEquals(writer.writes, [[1, 2, 3, 4, 5]]);
});

Deno.test("writeAll goes on with the rest where a write takes a part", async () => {
  const writer = takesAtMost(2, 1, 9);
  await writeAll(writer, bytes);
  assertEquals(writer.writes, [[1, 2], [3], [4, 5]]);
});

Deno.test("writeAll writes only the bytes of a view", async () => {
  const writer = takesAtMost(1, 9);
  await writeAll(writer, bytes.subarray(1, 4));
  assertEquals(writer.writes, [[2], [3, 4]]);
});

Deno.test("writeAll does not write where there are no bytes", async () => {
  const writer = takesAtMost();
  await writeAll(writer, new Uint8Array());
  assertEquals(writer.writes, []);
});

Deno.test("writeAll passes an error on when a later write fails", async () => {
  const writer = takesAtMost(2);
  await assertRejects(() => writeAll(writer, bytes), Error, "pipe broke");
  assertEquals(writer.writes, [[1, 2]]);
});

Deno.test("writeAll sends 8 MiB to a peer that reads later", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using client = await Deno.connect({ port: listener.addr.port });
  using server = await listener.accept();
  const large = new Uint8Array(8 * 1024 * 1024).fill(7); // more than the system holds: one write takes a part
  const sent = writeAll(client, large).then(() => client.closeWrite());

  const buffer = new Uint8Array(1024 * 1024);
  let [total, sum] = [0, 0];
  let count = await server.read(buffer);
  while (count !== null) {
    total += count;
    sum += buffer.subarray(0, count).reduce((sum, byte) => sum + byte, 0);
    count = await server.read(buffer);
  }
  await sent;
  assertEquals([total, sum], [large.length, 7 * large.length]);
});
