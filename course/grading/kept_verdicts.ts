/**
 * What was found of a class's answers, kept while they are checked: who breaks
 * off, or is broken off, goes on where it was.
 *
 * A verdict holds for an answer as it was and a check as it was. So it is kept
 * with a fingerprint of both.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { root } from "@lessons/places.ts";
import { keptFolder } from "../kept_file.ts";

/** What was found of a learner's answer to a lesson. */
export interface Found {
  readonly learner: string;
  /** The lesson's name. */
  readonly lesson: string;
  /** When, by ISO 8601. */
  readonly at: string;
  /** How many cases passed before the first that failed. */
  readonly passed: number;
  /** How many there are; 0 where nothing was tried. */
  readonly cases: number;
  readonly isPassed: boolean;
  /** The first case that failed. */
  readonly failed?: string;
  readonly misunderstanding?: string;
  /** Why nothing was tried, where nothing was. */
  readonly reason?: string;
}

/** The most bytes of an answer's files that a fingerprint looks at: more is no answer. */
const MOST_BYTES = 16 * 1024 * 1024;

/** The verdicts on the answers in a folder. */
export class KeptVerdicts implements Disposable {
  readonly #known: ReadonlyMap<string, Found>;
  readonly #file: Deno.FsFile;

  private constructor(known: ReadonlyMap<string, Found>, file: Deno.FsFile) {
    this.#known = known;
    this.#file = file;
  }

  /** Those that are kept for a folder. */
  static async open(folder: string): Promise<KeptVerdicts> {
    await Deno.mkdir(keptFolder, { recursive: true });
    const name = createHash("sha256").update(folder).digest("hex").slice(0, 16);
    const url = new URL(`class_${name}.jsonl`, keptFolder);
    const file = await Deno.open(url, {
      ...{ read: true, append: true, create: true },
    });
    const known = new Map<string, Found>();
    for (const line of (await Deno.readTextFile(url)).split("\n")) {
      const entry = readEntry(line);
      if (entry) known.set(entry.print, entry.found);
    }
    return new KeptVerdicts(known, file);
  }

  /** What was found before; `undefined` where the answer or its check was another then. */
  get(print: string): Found | undefined {
    return this.#known.get(print);
  }

  /** Keeps one, at once. */
  keep(print: string, found: Found): void {
    const line = `${JSON.stringify({ print, found })}\n`;
    this.#file.writeSync(new TextEncoder().encode(line)); // short: a write takes it whole or not at all
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}

/** A line of the file; the last one may have been cut off. */
function readEntry(line: string): { print: string; found: Found } | undefined {
  try {
    const { print, found } = JSON.parse(line);
    const isOne = typeof print === "string" && typeof found?.isPassed ===
        "boolean" &&
      typeof found.passed === "number" &&
      typeof found.lesson === "string" && typeof found.learner === "string";
    return isOne ? { print, found } : undefined;
  } catch {
    return undefined;
  }
}

/** What the checks of the course are like: a verdict does not hold for others. */
export function printOfChecks(): string {
  const hash = createHash("sha256").update(Deno.version.deno);
  for (const name of ["kit/", "lessons/", "tests/", "solutions/", "std/"]) {
    for (const path of filesIn(new URL(name, root).href)) {
      const isOf = !/\/(?:bench|mutants|wrong|tool|pages|board|python|node)\//
        .test(path) && path.endsWith(".ts");
      if (isOf) hash.update(path).update(Deno.readFileSync(new URL(path)));
    }
  }
  return hash.digest("hex");
}

/** A fingerprint of an answer and all that its verdict hangs on. @returns `undefined` where it is too large to be one. */
export function printOf(
  learner: string,
  lesson: string,
  answer: URL,
  ...conditions: readonly string[]
): string | undefined {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([learner, lesson, ...conditions]));
  let left = MOST_BYTES;
  for (const path of filesIn(answer.href)) {
    const { size } = Deno.statSync(new URL(path));
    left -= size;
    if (left < 0) return undefined;
    hash.update(JSON.stringify([path.slice(answer.href.length), size]));
    hash.update(Deno.readFileSync(new URL(path)));
  }
  return hash.digest("hex");
}

/** The addresses of all files under a folder, in order; links are left out. */
function* filesIn(folder: string): Iterable<string> {
  let entries: Deno.DirEntry[];
  try {
    entries = [...Deno.readDirSync(new URL(folder))];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  const ordered = entries.toSorted((a, b) => a.name < b.name ? -1 : 1);
  for (const { name, isFile, isDirectory } of ordered) {
    const path = `${folder}${encodeURIComponent(name)}`;
    if (isDirectory) yield* filesIn(`${path}/`);
    else if (isFile) yield path;
  }
}
