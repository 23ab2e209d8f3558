/**
 * Two programs side by side: time goes down, a column each.
 *
 * @module
 */
import stringWidth from "string-width";

/** How wide each column is, in characters: two of them and the gap fill 80. */
const WIDTH = 39;

/** The heading: a title over each column and a rule under them. */
export function heading(left: string, right: string): string {
  const rule = "─".repeat(WIDTH);
  return `${row(left, right)}\n${rule}  ${rule}`;
}

/** One line, or several where a text is too long for its column. */
export function row(left: string, right: string): string {
  const lefts = wrap(left);
  const rights = wrap(right);
  const lines: string[] = [];
  for (let i = 0; i < Math.max(lefts.length, rights.length); i++) {
    const gap = " ".repeat(WIDTH - stringWidth(lefts[i] ?? "") + 2);
    lines.push(`${lefts[i] ?? ""}${gap}${rights[i] ?? ""}`.trimEnd());
  }
  return lines.join("\n");
}

function wrap(text: string): string[] {
  const lines = [""];
  for (const character of text) {
    const line = lines.at(-1) ?? "";
    if (stringWidth(line + character) <= WIDTH) {
      lines[lines.length - 1] = line + character;
    } else lines.push(character);
  }
  return lines;
}
