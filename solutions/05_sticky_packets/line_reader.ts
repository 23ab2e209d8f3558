/**
 * Lines of text from a stream of bytes.
 *
 * @module
 */

/** What gives bytes: a connection, a file, `Deno.stdin`. */
export interface Reader {
  /**
   * Puts the next bytes into a buffer, at least one and as many as it holds.
   *
   * @returns How many came, or `null` at the end of the stream.
   */
  read(buffer: Uint8Array): Promise<number | null>;
}

/** What a {@linkcode LineReader} may be told. */
export interface LineReaderOptions {
  /** The longest line that is accepted, in bytes; its LF does not count, a CR does. Without it 1 MiB, 1048576. */
  maxLength?: number;
}

/** A line is longer than the limit. */
export class LineTooLongError extends Error {
  /** `LineTooLongError`. */
  override name = "LineTooLongError";
  /** The longest that is allowed, in bytes without its LF. */
  readonly maxLength: number;

  /** An error about a line. */
  constructor(maxLength: number) {
    super(`line longer than ${maxLength} bytes`);
    this.maxLength = maxLength;
  }
}

const LF = 0x0a;
const CR = 0x0d;

/** Room for what is read ahead, in bytes. */
const ROOM = 64 * 1024;

/**
 * Reads lines from a stream that is cut anywhere.
 *
 * A line ends with LF; one CR right before the LF belongs to the line's end
 * too. A last line without LF is a line as well, and keeps a CR at its end. An
 * empty line is `""`; after the last LF there is no line.
 *
 * Lines are UTF-8. They are decoded whole, so a character that two reads share
 * comes out right. Bytes that are no UTF-8 become U+FFFD, as the Encoding
 * Standard has it; a byte order mark is kept.
 *
 * It reads ahead. So once a connection has a reader, read it only through that.
 * Its calls take turns: wait for one before the next. It stores at most the
 * limit and 64 KiB.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { LineReader } from "./line_reader.ts";
 *
 * using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
 * using client = await Deno.connect({ port: listener.addr.port });
 * using server = await listener.accept();
 *
 * await client.write(new TextEncoder().encode("one\r\ntwo\n\nthr"));
 * await client.write(new TextEncoder().encode("ee"));
 * await client.closeWrite();
 *
 * const reader = new LineReader(server);
 * assertEquals(await reader.readLine(), "one");
 * assertEquals(await reader.readLine(), "two");
 * assertEquals(await reader.readLine(), "");
 * assertEquals(await reader.readLine(), "three");
 * assertEquals(await reader.readLine(), null);
 * ```
 */
export class LineReader {
  readonly #source: Reader;
  readonly #maxLength: number;
  // A byte order mark is a character of the line that has it.
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  // The bytes from #start up to #end have come and are in no line yet. None of
  // those before #searched is an LF, so no byte is searched twice.
  #buffer = new Uint8Array(ROOM);
  #start = 0;
  #searched = 0;
  #end = 0;

  /** A reader of this stream. It does not close it. */
  constructor(source: Reader, options: LineReaderOptions = {}) {
    this.#source = source;
    this.#maxLength = options.maxLength ?? 1024 * 1024;
  }

  /**
   * The next line without its end, or `null` where the stream has ended.
   *
   * @throws {LineTooLongError} When more than the limit has come without LF;
   * the reader gives no line after that.
   */
  async readLine(): Promise<string | null> {
    while (true) {
      const line = this.takeLine();
      if (line !== undefined) return line;
      this.#makeRoom();
      const free = this.#buffer.subarray(this.#end);
      const count = await this.#source.read(free);
      if (count === null) return this.#takeRest();
      this.#end += count;
    }
  }

  /**
   * The next line, if its LF is here already. It never reads.
   *
   * A server that has lines waiting can answer them all with one write.
   *
   * @returns `undefined` where it is not: {@linkcode readLine} waits for it.
   * @throws {LineTooLongError} As {@linkcode readLine}.
   */
  takeLine(): string | undefined {
    const lf = this.#buffer.subarray(0, this.#end).indexOf(LF, this.#searched);
    const length = (lf === -1 ? this.#end : lf) - this.#start;
    if (length > this.#maxLength) throw new LineTooLongError(this.#maxLength);
    if (lf === -1) {
      this.#searched = this.#end;
      return undefined;
    }
    const hasCR = length > 0 && this.#buffer[lf - 1] === CR;
    const line = this.#decode(this.#start, hasCR ? lf - 1 : lf);
    this.#start = this.#searched = lf + 1;
    return line;
  }

  /** What the stream left without LF: the last line, or nothing. */
  #takeRest(): string | null {
    if (this.#start === this.#end) return null;
    const line = this.#decode(this.#start, this.#end);
    this.#start = this.#searched = this.#end;
    return line;
  }

  #decode(from: number, to: number): string {
    return this.#decoder.decode(this.#buffer.subarray(from, to));
  }

  /** Makes room behind the line that has begun, for at least one byte. */
  #makeRoom(): void {
    // To the front. It is the beginning of one line, so no byte moves here twice.
    if (this.#start > 0) {
      this.#buffer.copyWithin(0, this.#start, this.#end);
      this.#searched -= this.#start;
      this.#end -= this.#start;
      this.#start = 0;
    }
    // Twice the room where the line fills it: so the moves of all growing together stay linear.
    if (this.#end === this.#buffer.length) {
      const larger = Math.min(2 * this.#end, this.#maxLength + ROOM);
      this.#buffer = new Uint8Array(this.#buffer.buffer.transfer(larger));
    }
  }
}
