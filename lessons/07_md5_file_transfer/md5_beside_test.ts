import { createHash } from "node:crypto";
import { assertEquals, assertRejects } from "@std/assert";
import { Md5Beside, WORTH_A_THREAD } from "./md5_beside.ts";
import { PIECE } from "./read_ahead.ts";
import { TransferError } from "./transfer_error.ts";

/** Bytes that differ from piece to piece. */
function bytesOf(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = i % 251;
  return bytes;
}

/** Adds bytes as they might come: in pieces that fill no buffer. */
async function addAll(
  md5: Md5Beside,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const buffer = await md5.empty();
    const part = bytes.subarray(at, at + Math.max(1, buffer.length - 7));
    buffer.set(part);
    md5.add(buffer, part.length);
    at += part.length;
  }
}

/** What a thread does, as an address. */
function program(text: string): string {
  return `data:text/javascript,${encodeURIComponent(text)}`;
}

Deno.test("Md5Beside finds the MD5, here or on another thread", async () => {
  for (const length of [0, 3, PIECE, 3 * PIECE, 4 * PIECE, 9 * PIECE + 1]) {
    const bytes = bytesOf(length);
    const expected = createHash("md5").update(bytes).digest("hex");
    for (const size of [undefined, length, WORTH_A_THREAD]) {
      using md5 = new Md5Beside(size);
      await addAll(md5, bytes);
      assertEquals(await md5.digest(), expected, `${length} of ${size}`);
    }
  }
});

Deno.test("Md5Beside finds many MD5s at once, however few processors there are", async () => {
  const find = async (i: number) => {
    const bytes = bytesOf(6 * PIECE + i);
    using md5 = new Md5Beside(WORTH_A_THREAD);
    await addAll(md5, bytes);
    const expected = createHash("md5").update(bytes).digest("hex");
    assertEquals(await md5.digest(), expected);
  };
  const count = 2 * navigator.hardwareConcurrency + 1;
  await Promise.all(Array.from({ length: count }, (_, i) => find(i)));
});

Deno.test("Md5Beside has four buffers: with a thread that does not keep up, the next is waited for", async () => {
  using md5 = new Md5Beside(
    WORTH_A_THREAD,
    program(`onmessage = ({ ports: [port] }) => {
      let first;
      port.onmessage = ({ data }) => {
        first ??= data.buffer;
        if (data.count === 4) port.postMessage({ buffer: first });
      };
    };`),
  );
  const buffers = [];
  for (let i = 0; i < 4; i++) buffers.push(await md5.empty());
  let isThere = false;
  const fifth = md5.empty().then(() => isThere = true);
  for (const [i, buffer] of buffers.entries()) {
    assertEquals(isThere, false);
    md5.add(buffer, i + 1);
  }
  await fifth;
});

Deno.test("Md5Beside says in one line that its thread has failed", async () => {
  for (
    const text of [
      "onmessage = ({ ports: [port] }) => port.postMessage({ error: 'no room' });",
      "onmessage = ({ ports: [port] }) => port.postMessage({ error: 'no room\\n  at x' });",
    ]
  ) {
    using md5 = new Md5Beside(WORTH_A_THREAD, program(text));
    const error = await assertRejects(
      () => addAll(md5, bytesOf(9 * PIECE)),
      TransferError,
      "cannot compute the MD5: no room",
    );
    assertEquals(error.message.split("\n").length, 1);
    await assertRejects(() => md5.digest(), TransferError);
  }
});

Deno.test("Md5Beside lets go of everything when nobody wants it any more", async () => {
  for (const size of [0, WORTH_A_THREAD]) {
    const md5 = new Md5Beside(size);
    await addAll(md5, bytesOf(9 * PIECE));
    md5[Symbol.dispose]();
    await assertRejects(() => md5.empty(), TransferError);
  }
});
