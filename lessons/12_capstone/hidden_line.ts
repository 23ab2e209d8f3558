/**
 * A line that a terminal does not show.
 *
 * @module
 */

/** A terminal that gives key by key, and shows nothing. */
export type Terminal = Pick<typeof Deno.stdin, "setRaw" | "read">;

/**
 * Asks for a line that is typed while the terminal shows nothing of it. A
 * Ctrl-C is a key like any other then, and ends the program all the same.
 *
 * @param question What is asked, on stderr.
 * @param terminal Where it is typed; stdin unless told otherwise.
 * @returns The line, without its end; what was typed so far where the terminal closes.
 */
export async function hiddenLine(
  question: string,
  terminal: Terminal = Deno.stdin,
): Promise<string> {
  terminal.setRaw(true); // before anybody can type
  try {
    console.error(question);
    const keys: number[] = [];
    const key = new Uint8Array(1);
    while (await terminal.read(key) !== null) {
      const [code = 0] = key;
      if (code === 0x0d || code === 0x0a || code === 0x04) break; // Enter, or Ctrl-D
      if (code === 0x03) Deno.exit(130); // as a shell tells of an interrupt
      if (code === 0x7f) removeLast(keys);
      else keys.push(code);
    }
    return new TextDecoder().decode(new Uint8Array(keys));
  } finally {
    terminal.setRaw(false);
  }
}

/** Removes the last character, which in UTF-8 has up to four bytes. */
function removeLast(bytes: number[]): void {
  for (let last = bytes.pop(); last !== undefined; last = bytes.pop()) {
    const isContinuation = last >> 6 === 0b10;
    if (!isContinuation) return;
  }
}
