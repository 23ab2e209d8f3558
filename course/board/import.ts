/**
 * Takes in what learners without a network wrote with `check --all --json`.
 *
 * @module
 */
import { createHash } from "node:crypto";
import {
  BadRequest,
  readNickname,
  readObject,
  readReports,
  type Report,
} from "../class/report.ts";
import type { Store } from "./store.ts";
import { UserError } from "../user/error.ts";

/** The most bytes of a file. */
const MOST_BYTES = 1024 * 1024;

/** What became of a folder. */
export interface Imported {
  /** How many reports were new. */
  readonly taken: number;
  /** A line for each file that was left out. */
  readonly problems: readonly string[];
}

/**
 * Takes in a folder: a file `NICKNAME.json` for each learner, with lines of
 * JSON. What was taken in before is not taken twice.
 *
 * @throws {UserError} Where there is no such folder.
 */
export async function importFolder(
  store: Store,
  folder: string,
): Promise<Imported> {
  let taken = 0;
  const problems: string[] = [];
  for (const name of filesIn(folder)) {
    try {
      const path = `${folder}/${name}`;
      const { isFile, size } = await Deno.stat(path);
      if (!isFile || size > MOST_BYTES) {
        throw new BadRequest(`no file of at most ${MOST_BYTES} bytes`);
      }
      const reports = readLines(await Deno.readTextFile(path));
      taken += await takeIn(store, name.replace(/\.jsonl?$/, ""), reports);
    } catch (error) {
      const isKnown = error instanceof BadRequest ||
        error instanceof SyntaxError || error instanceof Deno.errors.NotFound;
      if (!isKnown) throw error;
      problems.push(`${name}: ${error.message}`);
    }
  }
  return { taken, problems };
}

function filesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name)
      .filter((name) => /\.jsonl?$/.test(name)).sort();
  } catch (error) {
    if (
      error instanceof Deno.errors.NotADirectory ||
      error instanceof Deno.errors.NotFound
    ) {
      throw new UserError(`there is no folder ${folder}`, 1);
    }
    throw error;
  }
}

/** The reports of a file; a lesson that was not begun is none. */
function readLines(text: string): Report[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const reports = lines.flatMap((line) => {
    const { at, lesson, passed, isPassed, failed, misunderstanding, reason } =
      readObject(JSON.parse(line), "a line");
    if (reason !== undefined) return [];
    return [{
      id: createHash("sha256").update(line).digest("hex").slice(0, 36),
      at: Date.parse(String(at)),
      lesson,
      attempt: 0, // nobody counted
      passed,
      isWhole: isPassed,
      ...(failed === undefined ? {} : { failed }),
      ...(misunderstanding === undefined ? {} : { misunderstanding }),
    }];
  });
  return readReports({ reports });
}

/** Keeps the reports of a learner, who joins with a secret that nobody knows where he has not joined yet. */
async function takeIn(
  store: Store,
  name: string,
  reports: readonly Report[],
): Promise<number> {
  const nickname = readNickname(name);
  const secret = crypto.randomUUID();
  const id = store.idOf(nickname) ?? (await store.join(nickname, secret)).id;
  return (await store.add(id, reports)).length;
}
