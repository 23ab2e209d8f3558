/**
 * What is wrong in an answer's files, and where it is marked in their texts.
 *
 * @module
 */

/** Something to be marked in a file. */
export interface Remark {
  /** The file's name. */
  readonly file: string;
  /** Its line, from 1. */
  readonly line: number;
  /** Its column, from 1. */
  readonly column: number;
  /** How many characters; all of the line where that is 0. */
  readonly length: number;
  /** What is said. */
  readonly message: string;
}

/** A text by its lines, as the editor has it. */
export interface Lines {
  /** How many there are. */
  readonly lines: number;
  /** Where a line begins and ends. @param number From 1. */
  line(number: number): { readonly from: number; readonly to: number };
}

/** A mark in a text. */
export interface Mark {
  /** Where it begins. */
  readonly from: number;
  /** Where it ends. */
  readonly to: number;
  /** What is said. */
  readonly message: string;
  /** How bad it is. */
  readonly severity: "error";
}

/** Where remarks are marked in a file's text; those behind its end, which has just been cut, are not. */
export function marksIn(text: Lines, remarks: readonly Remark[]): Mark[] {
  return remarks.filter(({ line }) => line <= text.lines)
    .map(({ line, column, length, message }) => {
      const { from, to } = text.line(line);
      const start = length === 0 ? from : Math.min(to, from + column - 1);
      const end = length === 0 ? to : Math.min(to, start + length);
      return { from: start, to: end, severity: "error", message };
    });
}

/** The only file with remarks; `undefined` where there are none, or several. */
export function onlyFileOf(remarks: readonly Remark[]): string | undefined {
  const [first, ...others] = new Set(remarks.map(({ file }) => file));
  return others.length === 0 ? first : undefined;
}
