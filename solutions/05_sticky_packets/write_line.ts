/**
 * Lines of text to a stream of bytes.
 *
 * @module
 */

/** What takes bytes: a connection, a file, `Deno.stdout`. */
export interface Writer {
  /**
   * Takes some of the bytes, at least one.
   *
   * @returns How many were taken.
   */
  write(bytes: Uint8Array): Promise<number>;
}

/**
 * Writes a line and its LF, in as many writes as it takes: one `write` may take
 * only a part of a long line.
 *
 * @param line Text without LF.
 * @throws What `write` throws. A part of the line may have left before.
 */
export async function writeLine(writer: Writer, line: string): Promise<void> {
  let bytes = new TextEncoder().encode(`${line}\n`);
  while (bytes.length > 0) bytes = bytes.subarray(await writer.write(bytes));
}
