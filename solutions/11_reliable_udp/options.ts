/**
 * The options of a transfer (RFC 2347, 2348, 2349 and 7440): what is asked for, and what is taken.
 *
 * @module
 */
import type { Options } from "@lessons/11_reliable_udp/packet.ts";
import { TftpError } from "./transfer.ts";

/** The smallest and the largest block, in bytes. */
export const BLOCKS = { least: 8, most: 65464 };

/** The smallest and the largest window, in blocks. */
export const WINDOWS = { least: 1, most: 64 };

/** How a file goes over. */
export interface Agreement {
  /** How many bytes a block has. */
  readonly blksize: number;
  /** How many blocks may be on their way. */
  readonly windowsize: number;
  /** How many bytes the file has, where that was said. */
  readonly size?: number;
}

/** How it goes where nothing is agreed on. */
export const PLAIN: Agreement = { blksize: 512, windowsize: 1 };

/**
 * What a server takes of the options that it is asked for. What it does not
 * know, or what is out of its range, it leaves out.
 *
 * @param size The size of the file that it gives; absent where one is to come.
 * @returns What to answer, and what holds then.
 */
export function takeOptions(
  asked: Options,
  size?: number,
): { answer: Options; agreement: Agreement } {
  const answer = new Map<string, string>();
  const agreement = { ...PLAIN };
  for (const [name, text] of asked) {
    const value = wholeNumber(text);
    if (value === undefined) continue;
    if (name === "blksize" && isIn(value, BLOCKS)) {
      agreement.blksize = value;
      answer.set(name, text);
    } else if (name === "windowsize" && value >= WINDOWS.least) {
      agreement.windowsize = Math.min(value, WINDOWS.most);
      answer.set(name, String(agreement.windowsize));
    } else if (name === "tsize" && size !== 0) { // curl takes a size of 0 for a mistake
      answer.set(name, String(size ?? value));
    }
  }
  return { answer, agreement };
}

/**
 * What holds by a server's answer.
 *
 * @param asked What it was asked for.
 * @throws {TftpError} Where it answers what nobody asked for, or more.
 */
export function readAnswer(answer: Options, asked: Options): Agreement {
  const agreement: { -readonly [name in keyof Agreement]: Agreement[name] } = {
    ...PLAIN,
  };
  for (const [name, text] of answer) {
    const value = wholeNumber(text);
    const most = wholeNumber(asked.get(name) ?? "");
    const refuse = () =>
      new TftpError(8, `the server answered ${name} ${text}`);
    if (value === undefined || most === undefined) throw refuse();
    if (name === "tsize") {
      agreement.size = value;
      continue;
    }
    if (value > most) throw refuse();
    if (name === "blksize" && value >= BLOCKS.least) agreement.blksize = value;
    else if (name === "windowsize" && value >= WINDOWS.least) {
      agreement.windowsize = value;
    } else throw refuse();
  }
  return agreement;
}

function isIn(
  value: number,
  { least, most }: { least: number; most: number },
): boolean {
  return value >= least && value <= most;
}

/** The number that a text is; `undefined` where it is none that can be counted with. */
function wholeNumber(text: string): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(value) ? value : undefined;
}
