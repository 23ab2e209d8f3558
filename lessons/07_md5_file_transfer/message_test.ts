import { assertEquals, assertRejects } from "@std/assert";
import { encodeFrame, FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { encodeMessage, endWell, readMessage } from "./message.ts";
import { TransferError } from "./transfer_error.ts";

/** A reader of these bytes, which come at once. */
function reader(bytes: Uint8Array): FrameReader {
  let rest = bytes;
  return new FrameReader({
    read(buffer) {
      const part = rest.subarray(0, buffer.length);
      rest = rest.subarray(part.length);
      buffer.set(part);
      return Promise.resolve(part.length === 0 ? null : part.length);
    },
  });
}

Deno.test("readMessage() gives what encodeMessage() was given, and null at the end", async () => {
  const message = { name: "中文", size: 5, deep: { a: [1, null] } };
  const stream = reader(encodeMessage(message));
  assertEquals(await readMessage(stream), message);
  assertEquals(await readMessage(stream), null);
});

Deno.test("readMessage() refuses what is no JSON object", async () => {
  for (const text of ["", "{", "[]", "null", "7", '"text"']) {
    const frame = encodeFrame(new TextEncoder().encode(text));
    await assertRejects(() => readMessage(reader(frame)), TransferError);
  }
  const notUtf8 = encodeFrame(new Uint8Array([0x22, 0xff, 0x22]));
  await assertRejects(() => readMessage(reader(notUtf8)), TransferError);
});

Deno.test("endWell() ends where the other side has reset the connection", async () => {
  const gone = {
    closeWrite: () => Promise.reject(new Deno.errors.NotConnected("gone")),
    read: () => Promise.reject(new Error("it reads")),
  };
  await endWell(gone);
});

Deno.test("endWell() lets the last message arrive when the other side is still sending", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using client = await Deno.connect({ port: listener.addr.port });
  using server = await listener.accept();
  await client.write(new Uint8Array(100_000));
  await server.write(new Uint8Array([7]));
  const ending = endWell(server);
  const buffer = new Uint8Array(10);
  assertEquals(await client.read(buffer), 1);
  assertEquals(await client.read(buffer), null);
  client.close();
  await ending;
});
