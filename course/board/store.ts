/**
 * The board's file: SQLite, which is built into Deno.
 *
 * What was acknowledged is on the disk (`synchronous=FULL`). A commit waits for
 * the disk, so all that comes within a few milliseconds shares one.
 *
 * @module
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import {
  BadRequest,
  foldNickname,
  type Hand,
  readHand,
  type Report,
} from "../class/report.ts";

/** The most learners of a board. */
export const MOST_LEARNERS = 500;

/** The most reports that are kept of a learner; the oldest go first. */
export const MOST_KEPT = 10_000;

/** How long a write waits for others to share its commit, in milliseconds. */
const SHARE_MS = 5;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS secrets (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS learners (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    secret BLOB NOT NULL,
    joined INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS reports (
    number INTEGER PRIMARY KEY,
    learner INTEGER NOT NULL REFERENCES learners,
    id TEXT NOT NULL,
    at INTEGER NOT NULL,
    lesson TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    passed INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    failed TEXT,
    misunderstanding TEXT,
    UNIQUE (learner, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS hands (
    learner INTEGER PRIMARY KEY REFERENCES learners,
    at INTEGER NOT NULL,
    hand TEXT NOT NULL
  ) STRICT;
`;

/** A learner, as the file has him. */
export interface KeptLearner {
  /** The place in the room, from 1. */
  readonly id: number;
  /** The nickname. */
  readonly name: string;
}

/** A report, and whose it is. */
export interface KeptReport {
  /** The learner's place in the room. */
  readonly learner: number;
  /** The report. */
  readonly report: Report;
}

/** A write that waits for its commit. */
interface Waiting {
  readonly write: () => void;
  readonly done: PromiseWithResolvers<void>;
}

/** The board's file. */
export class Store implements Disposable {
  /** What learners type to join: eight letters and digits that are not taken for each other. */
  readonly code: string;
  /** What stands in the instructor's link. */
  readonly token: string;
  readonly #database: DatabaseSync;
  readonly #secrets = new Map<string, { id: number; secret: Uint8Array }>();
  readonly #counts = new Map<number, number>();
  /** Prepared once: a statement keeps its memory until it is collected. */
  readonly #insert: StatementSync;
  #waiting: Waiting[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Opens a file, and makes it where it is missing. @param path `:memory:` keeps nothing. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000; PRAGMA foreign_keys = ON",
    );
    this.#database.exec(SCHEMA);
    this.#insert = this.#database.prepare(
      "INSERT OR IGNORE INTO reports (learner, id, at, lesson, attempt, passed, whole, failed, misunderstanding) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    );
    this.code = this.#keep("code", makeCode);
    this.token = this.#keep("token", () => randomBytes(16).toString("hex"));
    for (
      const row of this.#database.prepare(
        "SELECT id, folded, secret FROM learners",
      ).all()
    ) {
      const { id, folded, secret } = row;
      if (typeof id !== "number" || !(secret instanceof Uint8Array)) continue;
      this.#secrets.set(String(folded), { id, secret });
    }
    for (
      const { learner, count } of this.#database.prepare(
        "SELECT learner, count(*) AS count FROM reports GROUP BY learner",
      ).all()
    ) this.#counts.set(Number(learner), Number(count));
  }

  /** Lets what waits be written, and closes the file. */
  [Symbol.dispose](): void {
    this.#commit();
    this.#database.close();
  }

  /** Whether this is the code. It takes as long for a wrong one. */
  isCode(code: string): boolean {
    return isEqual(hashOf(this.code), hashOf(plainCode(code)));
  }

  /** Whether this is the instructor's token. It takes as long for a wrong one. */
  isToken(token: string): boolean {
    return isEqual(hashOf(this.token), hashOf(token));
  }

  /** The learner with this nickname and this secret; `undefined` where it is somebody else's. */
  find(name: string, secret: string): number | undefined {
    const known = this.#secrets.get(foldNickname(name));
    const isKnown = isEqual(known?.secret ?? hashOf(""), hashOf(secret));
    return isKnown ? known?.id : undefined;
  }

  /** The learner with this nickname; `undefined` where there is none. */
  idOf(name: string): number | undefined {
    return this.#secrets.get(foldNickname(name))?.id;
  }

  /**
   * Takes a learner in; who has the same nickname and the same secret is the same.
   *
   * @returns The learner's place in the room, and whether it is a new one.
   * @throws {BadRequest} Where the nickname is somebody else's, or the board is full.
   */
  async join(
    name: string,
    secret: string,
  ): Promise<{ id: number; isNew: boolean }> {
    const folded = foldNickname(name);
    const known = this.#secrets.get(folded);
    if (known) {
      const id = this.find(name, secret);
      if (id !== undefined) return { id, isNew: false };
      throw new BadRequest(
        "this nickname is taken: choose another, or give the secret that you got with it",
        409,
      );
    }
    if (this.#secrets.size >= MOST_LEARNERS) {
      throw new BadRequest(`the board is full: ${MOST_LEARNERS} learners`, 403);
    }
    const hash = hashOf(secret);
    const id = Math.max(0, ...[...this.#secrets.values()].map(({ id }) => id)) +
      1;
    this.#secrets.set(folded, { id, secret: hash }); // at once: two may ask for it at the same time
    await this.#write(() => {
      this.#database.prepare("INSERT INTO learners VALUES (?, ?, ?, ?, ?)")
        .run(id, name, folded, hash, Date.now());
    });
    return { id, isNew: true };
  }

  /** Keeps reports; those that were there before are left out. @returns The new ones, when they are on the disk. */
  async add(learner: number, reports: readonly Report[]): Promise<Report[]> {
    const added: Report[] = [];
    await this.#write(() => {
      for (const report of reports) {
        const { id, at, lesson, attempt, passed, isWhole } = report;
        const { changes } = this.#insert.run(
          learner,
          id,
          at,
          lesson,
          attempt,
          passed,
          isWhole ? 1 : 0,
          report.failed ?? null,
          report.misunderstanding ?? null,
        );
        if (changes === 1) added.push(report);
      }
      this.#forgetOldest(learner, added.length);
    });
    return added;
  }

  /** Keeps a hand that is up, or forgets it. */
  async raise(learner: number, at: number, hand?: Hand): Promise<void> {
    await this.#write(() => {
      this.#database.prepare("DELETE FROM hands WHERE learner = ?")
        .run(learner);
      if (!hand) return;
      this.#database.prepare("INSERT INTO hands VALUES (?, ?, ?)")
        .run(learner, at, JSON.stringify(hand));
    });
  }

  /** All learners, in the order in which they came. */
  learners(): KeptLearner[] {
    return this.#database.prepare("SELECT id, name FROM learners ORDER BY id")
      .all().map(({ id, name }) => ({ id: Number(id), name: String(name) }));
  }

  /** All reports, in the order in which they came. */
  *reports(): Generator<KeptReport> {
    const rows = this.#database.prepare("SELECT * FROM reports ORDER BY number")
      .iterate();
    for (const row of rows) {
      yield {
        learner: Number(row.learner),
        report: {
          id: String(row.id),
          at: Number(row.at),
          lesson: String(row.lesson),
          attempt: Number(row.attempt),
          passed: Number(row.passed),
          isWhole: row.whole === 1,
          ...(row.failed === null ? {} : { failed: String(row.failed) }),
          ...(row.misunderstanding === null
            ? {}
            : { misunderstanding: String(row.misunderstanding) }),
        },
      };
    }
  }

  /** The hands that are up. */
  hands(): { learner: number; at: number; hand: Hand }[] {
    return this.#database.prepare("SELECT learner, at, hand FROM hands").all()
      .map((row) => ({
        learner: Number(row.learner),
        at: Number(row.at),
        hand: readHand(JSON.parse(String(row.hand))),
      }));
  }

  #forgetOldest(learner: number, added: number): void {
    let count = (this.#counts.get(learner) ?? 0) + added;
    if (count > MOST_KEPT) {
      const { changes } = this.#database.prepare(
        "DELETE FROM reports WHERE number IN (SELECT number FROM reports WHERE learner = ? ORDER BY number LIMIT ?)",
      ).run(learner, count - MOST_KEPT + MOST_KEPT / 10);
      count -= Number(changes);
    }
    this.#counts.set(learner, count);
  }

  /** A secret of the board's own, made once. */
  #keep(name: string, make: () => string): string {
    this.#database.prepare("INSERT OR IGNORE INTO secrets VALUES (?, ?)")
      .run(name, make());
    const row = this.#database.prepare(
      "SELECT value FROM secrets WHERE name = ?",
    ).get(name);
    return String(row?.value);
  }

  async #write(write: () => void): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#waiting.push({ write, done });
    this.#timer ??= setTimeout(() => this.#commit(), SHARE_MS);
    await done.promise;
  }

  #commit(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return;
    try {
      this.#database.exec("BEGIN IMMEDIATE");
      for (const { write } of waiting) write();
      this.#database.exec("COMMIT");
      for (const { done } of waiting) done.resolve();
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      for (const { done } of waiting) done.reject(error);
    }
  }
}

/** Letters and digits that nobody takes for each other when they stand on a wall. */
const LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

function makeCode(): string {
  const letters = Array.from(
    crypto.getRandomValues(new Uint32Array(8)),
    (number) => LETTERS[number % LETTERS.length] ?? "",
  );
  return letters.join("");
}

/** A code as it may be typed: in small letters, with a dash or blanks. */
function plainCode(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, "");
}

function hashOf(text: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(text).digest());
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
