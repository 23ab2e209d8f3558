import {
  assert,
  assertEquals,
  assertLess,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { explain } from "@lessons/program.ts";
import { join as joinChunks } from "../../kit/bytes.ts";
import { Random } from "../../kit/random.ts";
import {
  encodeFrame,
  FrameLengthError,
  FrameReader,
  type Reader,
  UnexpectedEndError,
  writeFrame,
} from "./frame.ts";
import { pack } from "./struct.ts";

const MiB = 1024 * 1024;

/** A stream of these bytes in chunks of these sizes; the last size serves for the rest. */
class Chunks implements Reader {
  reads = 0;
  /** The largest buffer that a read brought, in bytes. */
  largest = 0;
  /** The memory behind those buffers. */
  readonly rooms = new Set<ArrayBufferLike>();
  readonly #bytes: Uint8Array;
  readonly #sizes: readonly number[];
  #offset = 0;

  constructor(bytes: Uint8Array, ...sizes: number[]) {
    this.#bytes = bytes;
    this.#sizes = sizes;
  }

  read(buffer: Uint8Array): Promise<number | null> {
    const size = this.#sizes[this.reads] ?? this.#sizes.at(-1) ?? Infinity;
    this.reads++;
    this.largest = Math.max(this.largest, buffer.length);
    this.rooms.add(buffer.buffer);
    const end = this.#offset + Math.min(size, buffer.length);
    const part = this.#bytes.subarray(this.#offset, end);
    buffer.set(part);
    this.#offset += part.length;
    return Promise.resolve(part.length === 0 ? null : part.length);
  }
}

function join(...parts: Uint8Array[]): Uint8Array {
  return joinChunks(parts);
}

/** Payloads of many sizes, none included, and a stream of their frames. */
function script(random: Random, longest: number) {
  const payloads = Array.from(
    { length: 40 },
    () => random.bytes(random.oneIn(5) ? 0 : random.between(1, longest)),
  );
  return { payloads, stream: join(...payloads.map(encodeFrame)) };
}

/** Every payload of a stream. They are looked at only when all have been read, so each must stay as it was. */
async function readAll(reader: FrameReader): Promise<Uint8Array[]> {
  const payloads: Uint8Array[] = [];
  let payload = await reader.readFrame();
  while (payload !== null) {
    payloads.push(payload);
    payload = await reader.readFrame();
  }
  return payloads;
}

/** The same by way of {@linkcode FrameReader.takeFrame}. */
async function drain(reader: FrameReader): Promise<Uint8Array[]> {
  const payloads: Uint8Array[] = [];
  let payload = reader.takeFrame() ?? await reader.readFrame();
  while (payload !== null) {
    payloads.push(payload);
    payload = reader.takeFrame() ?? await reader.readFrame();
  }
  return payloads;
}

Deno.test("encodeFrame puts the length before the payload as Python's <i does", () => {
  for (const length of [0, 1, 255, 256, 65_536]) {
    const payload = new Uint8Array(length).fill(7);
    assertEquals(encodeFrame(payload), join(pack("<i", length), payload));
  }
});

Deno.test("readFrame gives every payload whatever the size of the chunks", async () => {
  const { payloads, stream } = script(new Random(61), 100);
  for (let size = 1; size <= 200; size++) {
    const reader = new FrameReader(new Chunks(stream, size));
    assertEquals(await readAll(reader), payloads, `chunks of ${size} bytes`);
  }
});

Deno.test("takeFrame and readFrame give every payload whatever chunks, buffer and frames are like", async () => {
  for (let seed = 0; seed < 300; seed++) {
    const random = new Random(seed);
    const { payloads, stream } = script(random, random.pick([3, 30, 300]));
    const sizes = Array.from({ length: 500 }, () => random.between(1, 90));
    const bufferSize = random.pick([0, 1, 4, 16, 64, 1000]);
    const reader = new FrameReader(new Chunks(stream, ...sizes), {
      bufferSize,
    });
    assertEquals(await drain(reader), payloads, `seed ${seed}`);
  }
});

Deno.test("readFrame gives a payload that is larger than the buffer", async () => {
  const payload = new Random(62).bytes(300_000);
  const stream = join(encodeFrame(payload), encodeFrame(payload));
  for (const size of [1000, 65_536, 1_000_000]) {
    const reader = new FrameReader(new Chunks(stream, size));
    assertEquals(await readAll(reader), [payload, payload]);
  }
});

Deno.test("readFrame gives an empty payload, and null only at the end", async () => {
  const empty = encodeFrame(new Uint8Array());
  const reader = new FrameReader(new Chunks(join(empty, empty)));
  assertEquals(await reader.readFrame(), new Uint8Array());
  assertEquals(reader.takeFrame(), new Uint8Array());
  assertEquals(reader.takeFrame(), undefined);
  assertStrictEquals(await reader.readFrame(), null);
  assertStrictEquals(await reader.readFrame(), null);
});

Deno.test("readFrame gives null when the stream holds nothing", async () => {
  assertStrictEquals(
    await new FrameReader(new Chunks(new Uint8Array())).readFrame(),
    null,
  );
});

Deno.test("readFrame says how much is missing when the stream ends inside a frame", async () => {
  const first = encodeFrame(new Uint8Array([1]));
  const last = encodeFrame(new Uint8Array([1, 2, 3, 4, 5, 6]));
  for (let cut = 1; cut < last.length; cut++) {
    for (const size of [1, 100]) {
      const stream = join(first, last.subarray(0, cut));
      const reader = new FrameReader(new Chunks(stream, size));
      assertEquals(await reader.readFrame(), new Uint8Array([1]));
      const error = await assertRejects(
        () => reader.readFrame(),
        UnexpectedEndError,
      );
      const [received, expected, what] = cut < 4
        ? [cut, 4, "a frame's length"]
        : [cut - 4, 6, "a frame's payload"];
      assertEquals(
        error.message,
        `the stream ended after ${received} of ${expected} bytes of ${what}`,
      );
      assertEquals([error.received, error.expected], [received, expected]);
    }
  }
});

Deno.test("readFrame takes a payload of exactly the limit, and not one byte more", async () => {
  for (const [options, limit] of [[{}, MiB], [{ maxLength: 9 }, 9]] as const) {
    const stream = join(
      encodeFrame(new Uint8Array(limit).fill(1)),
      encodeFrame(new Uint8Array(limit + 1).fill(1)),
    );
    const reader = new FrameReader(new Chunks(stream), options);
    assertEquals((await reader.readFrame())?.length, limit);
    const error = await assertRejects(
      () => reader.readFrame(),
      FrameLengthError,
      `frame of ${limit + 1} bytes: 0 to ${limit} are allowed`,
    );
    assertEquals([error.length, error.maxLength], [limit + 1, limit]);
  }
});

Deno.test("readFrame refuses a hostile length before it makes room, and goes on refusing", async () => {
  for (const length of [-1, -(2 ** 31), 2 ** 31 - 1, MiB + 1]) {
    const chunks = new Chunks(join(pack("<i", length), new Uint8Array(9)));
    const reader = new FrameReader(chunks);
    await assertRejects(() => reader.readFrame(), FrameLengthError);
    await assertRejects(() => reader.readFrame(), FrameLengthError);
    assertThrows(() => reader.takeFrame(), FrameLengthError);
    assertEquals([chunks.reads, chunks.largest], [1, 65_536]);
  }
});

Deno.test("readFrame makes room for what comes, not for what is announced", async () => {
  const stream = join(pack("<i", 2 ** 31 - 1), new Uint8Array(100_000));
  const chunks = new Chunks(stream, 1000);
  const reader = new FrameReader(chunks, { maxLength: 2 ** 31 - 1 });
  await assertRejects(() => reader.readFrame(), UnexpectedEndError);
  assertLess(chunks.largest, 2 * stream.length);
});

Deno.test("readFrame makes room a few times for a large frame, not for each chunk", async () => {
  const payload = new Uint8Array(8 * MiB).fill(7);
  const chunks = new Chunks(encodeFrame(payload), 1024);
  const reader = new FrameReader(chunks, { maxLength: payload.length });
  assertEquals((await reader.readFrame())?.length, payload.length);
  const sizes = [...chunks.rooms].map(({ byteLength }) => byteLength);
  assertLess(sizes.reduce((sum, size) => sum + size), 3 * payload.length);
});

Deno.test("takeFrame never reads", async () => {
  const stream = join(
    encodeFrame(new Uint8Array([1])),
    encodeFrame(new Uint8Array([2])),
    encodeFrame(new Uint8Array([3])).subarray(0, 4),
  );
  const chunks = new Chunks(stream);
  const reader = new FrameReader(chunks);
  assertEquals(reader.takeFrame(), undefined);
  assertEquals(chunks.reads, 0);
  assertEquals(await reader.readFrame(), new Uint8Array([1]));
  assertEquals(reader.takeFrame(), new Uint8Array([2]));
  assertEquals(reader.takeFrame(), undefined);
  assertEquals(chunks.reads, 1);
});

Deno.test("readExactly gives so many bytes, then null at a clean end", async () => {
  const bytes = new Random(63).bytes(300);
  for (let size = 1; size <= 100; size++) {
    const reader = new FrameReader(new Chunks(bytes, size), { bufferSize: 32 });
    assertEquals(await reader.readExactly(0), new Uint8Array());
    assertEquals(await reader.readExactly(1), bytes.subarray(0, 1));
    assertEquals(await reader.readExactly(250), bytes.subarray(1, 251));
    assertEquals(await reader.readExactly(49), bytes.subarray(251));
    assertStrictEquals(await reader.readExactly(1), null);
    assertEquals(await reader.readExactly(0), new Uint8Array());
  }
});

Deno.test("readExactly says how many of how many came when the stream ends too early", async () => {
  const reader = new FrameReader(new Chunks(new Uint8Array(7), 2));
  await assertRejects(
    () => reader.readExactly(10),
    UnexpectedEndError,
    "7 of 10 bytes",
  );
});

Deno.test("readExactly refuses a count that is none", async () => {
  const reader = new FrameReader(new Chunks(new Uint8Array(9)));
  for (const count of [-1, 0.5, NaN, Infinity]) {
    await assertRejects(() => reader.readExactly(count), RangeError);
  }
});

Deno.test("read gives the body behind a frame: what was read ahead, then straight from the stream", async () => {
  const header = new Uint8Array([1, 2]);
  const body = new Random(64).bytes(5000);
  const chunks = new Chunks(join(encodeFrame(header), body), 106);
  const reader = new FrameReader(chunks);
  assertEquals(await reader.readFrame(), header);

  const buffer = new Uint8Array(60);
  const got: number[] = [];
  const counts: number[] = [];
  let count = await reader.read(buffer);
  while (count !== null) {
    counts.push(count);
    got.push(...buffer.subarray(0, count));
    count = await reader.read(buffer);
  }
  assertEquals(counts.slice(0, 4), [60, 40, 60, 60]); // 100 bytes were here already
  assertEquals(Uint8Array.from(got), body);
});

Deno.test("read leaves what follows the body to readFrame", async () => {
  const body = new Uint8Array([7, 7, 7]);
  const next = encodeFrame(new Uint8Array([9]));
  for (let size = 1; size <= 20; size++) {
    const stream = join(encodeFrame(new Uint8Array([1])), body, next);
    const reader = new FrameReader(new Chunks(stream, size));
    await reader.readFrame();
    const buffer = new Uint8Array(body.length);
    let filled = 0;
    while (filled < buffer.length) {
      filled += await reader.read(buffer.subarray(filled)) ?? 0;
    }
    assertEquals(buffer, body);
    assertEquals(await reader.readFrame(), new Uint8Array([9]));
    assertStrictEquals(await reader.readFrame(), null);
  }
});

Deno.test("payloads stay as they are, and may be written to", async () => {
  const { payloads, stream } = script(new Random(65), 50);
  const reader = new FrameReader(new Chunks(stream, 7), { bufferSize: 64 });
  let before: Uint8Array | undefined;
  for (const payload of payloads) {
    const got = await reader.readFrame();
    assertEquals(got, payload);
    before?.fill(0xff); // must not reach the next ones
    before = got ?? undefined;
  }
});

Deno.test("an error of the stream passes through, and what has come stays", async () => {
  let isBroken = false;
  const chunks = new Chunks(encodeFrame(new Uint8Array([1, 2, 3])), 5);
  const reader = new FrameReader({
    read(buffer) {
      isBroken = !isBroken;
      return isBroken ? chunks.read(buffer) : Promise.reject(new Error("oh"));
    },
  });
  await assertRejects(() => reader.readFrame(), Error, "oh");
  assertEquals(await reader.readFrame(), new Uint8Array([1, 2, 3]));
});

Deno.test("writeFrame writes prefix and payload in one write, and goes on where it was short", async () => {
  const writes: number[][] = [];
  const writer = (most: number) => ({
    write(bytes: Uint8Array) {
      writes.push([...bytes.subarray(0, most)]);
      return Promise.resolve(Math.min(most, bytes.length));
    },
  });
  await writeFrame(writer(100), new Uint8Array([1, 2]));
  assertEquals(writes.splice(0), [[2, 0, 0, 0, 1, 2]]);
  await writeFrame(writer(4), new Uint8Array([1, 2]));
  assertEquals(writes.splice(0), [[2, 0, 0, 0], [1, 2]]);
  await writeFrame(writer(100), new Uint8Array());
  assertEquals(writes, [[0, 0, 0, 0]]);
});

Deno.test("frames pass over TCP both ways", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using client = await Deno.connect({ port: listener.addr.port });
  using server = await listener.accept();
  const payloads = [0, 1, 70_000, MiB, 5].map((length) =>
    new Uint8Array(length).fill(length % 251)
  );
  const echo = async () => {
    const reader = new FrameReader(server);
    let payload = await reader.readFrame();
    while (payload !== null) {
      await writeFrame(server, payload);
      payload = await reader.readFrame();
    }
    await server.closeWrite();
  };
  const send = async () => {
    for (const payload of payloads) await writeFrame(client, payload);
    await client.closeWrite();
  };
  const [echoed] = await Promise.all([
    readAll(new FrameReader(client)),
    echo(),
    send(),
  ]);
  assertEquals(echoed.map(({ length }) => length), [0, 1, 70_000, MiB, 5]);
  const isSame = echoed.every((payload, i) =>
    payload.every((byte, at) => byte === payloads[i]?.[at])
  );
  assert(isSame);
});

Deno.test("the errors of frames are the other side's, and have one line", () => {
  assertEquals(
    explain(new FrameLengthError(-1, MiB), "127.0.0.1:8006"),
    "127.0.0.1:8006: frame of -1 bytes: 0 to 1048576 are allowed",
  );
  assertEquals(
    explain(new UnexpectedEndError(2, 4, "a frame's length"), "127.0.0.1:8006"),
    "127.0.0.1:8006: the stream ended after 2 of 4 bytes of a frame's length",
  );
});
