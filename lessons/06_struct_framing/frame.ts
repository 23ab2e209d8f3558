/**
 * Frames: messages on a stream that has no boundaries of its own.
 *
 * A frame is a length and then that many bytes, its payload. The length is 4
 * bytes, signed, least byte first: Python's `struct.pack("<i", len(payload))`.
 *
 * ```text
 * 05 00 00 00  68 65 6c 6c 6f
 * └ length ─┘  └─ "hello" ──┘
 * ```
 *
 * @module
 */
import { writeAll, type Writer } from "./write_all.ts";

/** Bytes of a frame before its payload: `calcsize("<i")`. */
const PREFIX = 4;

/** The longest payload that the prefix can announce, in bytes. */
const LONGEST = 2 ** 31 - 1;

/** What gives bytes: a connection, a file, `Deno.stdin`. */
export interface Reader {
  /**
   * Puts the next bytes into a buffer, at least one and as many as it holds.
   *
   * @returns How many came, or `null` at the end of the stream.
   */
  read(buffer: Uint8Array): Promise<number | null>;
}

/** What a {@linkcode FrameReader} may be told. */
export interface FrameReaderOptions {
  /** The longest payload that is accepted, in bytes. Without it 1 MiB, 1048576. */
  maxLength?: number;
  /** How many bytes a read asks for, as a rule. Without it 64 KiB, 65536. */
  bufferSize?: number;
}

/** A frame's length is negative or beyond the limit. */
export class FrameLengthError extends Error {
  /** `FrameLengthError`. */
  override name = "FrameLengthError";
  /** The other side causes it, so a program of the course says it on one line. */
  readonly isFromOutside = true;
  /** What the frame announces, in bytes. */
  readonly length: number;
  /** The longest that is allowed, in bytes. */
  readonly maxLength: number;

  /** An error about a length. */
  constructor(length: number, maxLength: number) {
    super(`frame of ${length} bytes: 0 to ${maxLength} are allowed`);
    this.length = length;
    this.maxLength = maxLength;
  }
}

/** The stream ended in the middle of something. */
export class UnexpectedEndError extends Error {
  /** `UnexpectedEndError`. */
  override name = "UnexpectedEndError";
  /** The other side causes it, so a program of the course says it on one line. */
  readonly isFromOutside = true;
  /** How many bytes came. */
  readonly received: number;
  /** How many it takes. */
  readonly expected: number;

  /** An error about an early end. @param what What has that many bytes: `a frame's payload`. */
  constructor(received: number, expected: number, what: string) {
    super(`the stream ended after ${received} of ${expected} bytes of ${what}`);
    this.received = received;
    this.expected = expected;
  }
}

/**
 * Reads frames, or any number of bytes, from a stream that is cut anywhere.
 *
 * It reads ahead. So once a connection has a reader, read it only through that:
 * it may hold bytes that come after a frame. Its calls take turns: wait for
 * one before the next.
 *
 * The bytes that it gives stay as they are: no later read writes over them.
 * They are views of a larger buffer, which lives as long as one of its views.
 * Where you keep a few bytes for long, keep `bytes.slice()`, a copy.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";
 *
 * using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
 * using client = await Deno.connect({ port: listener.addr.port });
 * using server = await listener.accept();
 *
 * await writeFrame(client, new Uint8Array([1, 2, 3]));
 * await writeFrame(client, new Uint8Array([4]));
 * await client.closeWrite();
 *
 * const reader = new FrameReader(server);
 * assertEquals(await reader.readFrame(), new Uint8Array([1, 2, 3]));
 * assertEquals(await reader.readFrame(), new Uint8Array([4]));
 * assertEquals(await reader.readFrame(), null);
 * ```
 */
export class FrameReader implements Reader {
  readonly #source: Reader;
  readonly #maxLength: number;
  readonly #bufferSize: number;

  // The bytes from #start up to #end have come and are not given out yet. Those
  // before #start are somebody's now, so a buffer is never used a second time.
  #buffer = new Uint8Array();
  #view = new DataView(this.#buffer.buffer);
  #start = 0;
  #end = 0;

  /** A reader of this stream. It does not close it. */
  constructor(source: Reader, options: FrameReaderOptions = {}) {
    this.#source = source;
    this.#maxLength = options.maxLength ?? 1024 * 1024;
    this.#bufferSize = options.bufferSize ?? 64 * 1024;
  }

  /**
   * The payload of the next frame, or `null` where the stream ended after a
   * whole frame.
   *
   * @throws {FrameLengthError} Before anything is made ready for such a frame.
   * What follows on the stream cannot be told apart any more: close it.
   * @throws {UnexpectedEndError} Where the stream ended inside a frame.
   */
  async readFrame(): Promise<Uint8Array | null> {
    const frame = this.takeFrame();
    if (frame !== undefined) return frame;

    const prefix = await this.#hold(PREFIX);
    if (prefix === 0) return null;
    if (prefix < PREFIX) {
      throw new UnexpectedEndError(prefix, PREFIX, "a frame's length");
    }
    const length = this.#length();
    const held = await this.#hold(PREFIX + length);
    if (held < PREFIX + length) {
      throw new UnexpectedEndError(
        held - PREFIX,
        length,
        "a frame's payload",
      );
    }
    this.#start += PREFIX;
    return this.#take(length);
  }

  /**
   * The payload of the next frame, if all of it is here already. It never
   * reads, so a loop over many small frames need not wait for each:
   *
   * ```ts ignore
   * while ((frame = reader.takeFrame() ?? await reader.readFrame()) !== null) …
   * ```
   *
   * @returns `undefined` where the frame is not whole yet, or the stream has ended: {@linkcode readFrame} tells which.
   * @throws {FrameLengthError} As {@linkcode readFrame}.
   */
  takeFrame(): Uint8Array | undefined {
    const held = this.#end - this.#start;
    if (held < PREFIX) return undefined;
    const length = this.#length();
    if (held < PREFIX + length) return undefined;
    this.#start += PREFIX;
    return this.#take(length);
  }

  /**
   * So many bytes, or `null` where the stream ended before the first of them.
   *
   * It takes memory as bytes come, up to `count`. Where a peer has said how
   * many, check that number first.
   *
   * @param count Bytes, 0 or more.
   * @throws {UnexpectedEndError} Where the stream ended after some of them.
   * @throws {RangeError} Where `count` is no such number.
   */
  async readExactly(count: number): Promise<Uint8Array | null> {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new RangeError(`Cannot read ${count} bytes`);
    }
    const held = await this.#hold(count);
    if (held >= count) return this.#take(count);
    if (held === 0) return null;
    throw new UnexpectedEndError(held, count, "what was to be read");
  }

  /**
   * Puts the next bytes into a buffer, as a connection's `read` does: first
   * those that were read ahead, then straight from the stream. So a body that
   * follows a frame goes through here, whatever its size.
   *
   * @returns How many came, at most `buffer.length`, or `null` at the end of the stream.
   */
  async read(buffer: Uint8Array): Promise<number | null> {
    const held = this.#end - this.#start;
    if (held === 0) return await this.#source.read(buffer);
    const bytes = this.#take(Math.min(held, buffer.length));
    buffer.set(bytes);
    return bytes.length;
  }

  /** The length of the frame that starts here. */
  #length(): number {
    const length = this.#view.getInt32(this.#start, true);
    if (length < 0 || length > this.#maxLength) {
      throw new FrameLengthError(length, this.#maxLength);
    }
    return length;
  }

  /** Gives out bytes that are here. */
  #take(count: number): Uint8Array {
    const from = this.#start;
    this.#start += count;
    return this.#buffer.subarray(from, this.#start);
  }

  /**
   * Reads until so many bytes are here or the stream has ended.
   *
   * @returns How many are here: more than `count`, perhaps, or fewer at the end.
   */
  async #hold(count: number): Promise<number> {
    while (this.#end - this.#start < count) {
      this.#makeRoom(count);
      const read = await this.#source.read(this.#buffer.subarray(this.#end));
      if (read === null) break;
      this.#end += read;
    }
    return this.#end - this.#start;
  }

  /** Makes room for the next read on the way to `count` bytes. */
  #makeRoom(count: number): void {
    const free = this.#buffer.length - this.#end;
    const isFirst = this.#start === 0; // what is here was moved already, or never had to be
    if (free > 0 && (isFirst || free >= this.#bufferSize / 4)) return;

    // Twice what is here, at most: memory follows the bytes that come, not the
    // length that a peer announces. Doubling keeps all the moving linear.
    const held = this.#buffer.subarray(this.#start, this.#end);
    const size = Math.min(count, 2 * held.length + 1);
    this.#buffer = new Uint8Array(Math.max(size, this.#bufferSize));
    this.#view = new DataView(this.#buffer.buffer);
    this.#buffer.set(held);
    this.#start = 0;
    this.#end = held.length;
  }
}

/**
 * A payload as a frame.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { encodeFrame } from "@lessons/06_struct_framing/frame.ts";
 *
 * assertEquals(encodeFrame(new Uint8Array([7, 8])), new Uint8Array([2, 0, 0, 0, 7, 8]));
 * ```
 *
 * @param payload 0 to 2147483647 bytes.
 * @throws {FrameLengthError} Where there are more.
 */
export function encodeFrame(payload: Uint8Array): Uint8Array {
  if (payload.length > LONGEST) {
    throw new FrameLengthError(payload.length, LONGEST);
  }
  const frame = new Uint8Array(PREFIX + payload.length);
  new DataView(frame.buffer).setInt32(0, payload.length, true);
  frame.set(payload, PREFIX);
  return frame;
}

/**
 * Writes a payload as a frame, prefix and payload in one write where the
 * system takes them at once.
 *
 * Two calls at the same time may mix their bytes: wait for one before the next.
 *
 * @param payload 0 to 2147483647 bytes. What the other side accepts is its own affair.
 * @throws {FrameLengthError} Where there are more; nothing was written then.
 */
export function writeFrame(
  writer: Writer,
  payload: Uint8Array,
): Promise<void> {
  return writeAll(writer, encodeFrame(payload)); // not async: while a slow peer is waited for, the payload could not be freed
}
