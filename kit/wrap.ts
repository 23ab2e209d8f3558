/**
 * Text in lines that a terminal has room for.
 *
 * @module
 */

/** How wide a line is at most, in characters. */
const WIDTH = 80;

/**
 * Breaks a text into lines of 80 columns at its spaces.
 *
 * @param first What stands before the first line; the others are indented as far.
 */
export function wrap(text: string, first = ""): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(" ")) {
    const isStart = line.length === first.length;
    if (!isStart && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = " ".repeat(first.length) + word;
    } else line += isStart ? word : ` ${word}`;
  }
  return [...lines, line];
}
