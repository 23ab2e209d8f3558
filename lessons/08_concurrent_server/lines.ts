/**
 * Lines of text from a stream of bytes, with room for one line and no more.
 *
 * @module
 */

/** The longest line that is taken unless told otherwise, in bytes, without its LF and a CR before that. */
export const LONGEST = 4096;

/** What gives bytes: a connection, a file, `Deno.stdin`. */
export interface Reader {
  /**
   * Puts the next bytes into a buffer, at least one and as many as it holds.
   *
   * @returns How many came, or `null` at the end of the stream.
   */
  read(buffer: Uint8Array): Promise<number | null>;
}

/** A line is longer than the limit. Whoever sent it can cause it, so it is no bug. */
export class LineTooLongError extends Error {
  /** `LineTooLongError`. */
  override name = "LineTooLongError";
  /** For `explain()`: it is told on one line. */
  readonly isFromOutside = true;

  /** An error about a line. @param longest The limit, in bytes. */
  constructor(longest: number) {
    super(`line longer than ${longest} bytes`);
  }
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * The lines of a stream, whatever way its bytes are cut, without their ends: an
 * LF, and one CR right before it.
 *
 * What comes after the last LF is no line: its sender broke off in the middle
 * of it.
 *
 * Lesson 05's reader grows with its lines. This one has a buffer for the longest
 * line and never another, so a connection costs the same whatever is sent.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readLines } from "./lines.ts";
 *
 * using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
 * using client = await Deno.connect({ port: listener.addr.port });
 * using server = await listener.accept();
 *
 * await client.write(new TextEncoder().encode("one\r\n\ntwo\nthr"));
 * await client.closeWrite();
 * assertEquals(await Array.fromAsync(readLines(server)), ["one", "", "two"]);
 * ```
 *
 * @param longest The longest line that is taken, in bytes.
 * @throws {LineTooLongError} When more has come without LF than a line may have.
 */
export async function* readLines(
  source: Reader,
  longest = LONGEST,
): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const buffer = new Uint8Array(longest + 2); // the longest line, CR and LF
  let end = 0; // so many bytes have come that are in no line yet
  while (true) {
    const count = await source.read(buffer.subarray(end));
    if (count === null) return;

    let searched = end; // there was no LF in what had come before
    end += count;
    let start = 0;
    for (let lf; (lf = buffer.subarray(0, end).indexOf(LF, searched)) !== -1;) {
      const hasCr = lf > start && buffer[lf - 1] === CR;
      const line = buffer.subarray(start, hasCr ? lf - 1 : lf);
      if (line.length > longest) throw new LineTooLongError(longest);
      yield decoder.decode(line);
      start = searched = lf + 1;
    }
    buffer.copyWithin(0, start, end);
    end -= start;

    // One byte more may still be the CR of a line's end.
    const isTooLong = end > longest + 1 ||
      end === longest + 1 && buffer[longest] !== CR;
    if (isTooLong) throw new LineTooLongError(longest);
  }
}
