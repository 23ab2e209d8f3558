/**
 * Flowcharts that are a chain: each box leads to the next one, and that is all.
 *
 * @module
 */

/** A box with words in it, and where its arrow goes. */
const BOX = /^\s*(\w+)\["([^"]+)"\](?: --> (\w+))?\s*$/;

/**
 * Reads a chain.
 *
 * @param lines A flowchart as mermaid has it, from `flowchart TB` on.
 * @returns The boxes' words from the first to the last; `undefined` where it is something else.
 */
export function readChain(
  [first = "", ...lines]: readonly string[],
): string[] | undefined {
  if (first.trim() !== "flowchart TB" || lines.length === 0) return undefined;
  const boxes = lines.map((line) => BOX.exec(line));
  const isChain = boxes.every((box, i) => box && box[3] === boxes[i + 1]?.[1]);
  return isChain ? boxes.map((box) => box?.[2] ?? "") : undefined;
}
