/**
 * The store in one file: SQLite, in this very process.
 *
 * @module
 */
import {
  DatabaseSync,
  type SQLOutputValue,
  type StatementSync,
} from "node:sqlite";
import {
  type Course,
  type Decision,
  type KnownPerson,
  type NewCourse,
  type Participant,
  type Person,
  Refusal,
  type Role,
  type Store,
  type Timetable,
  type Wish,
} from "./store.ts";

/** The schema. What it forbids cannot happen, whatever a program does. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS people (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('admin', 'teacher', 'student')),
    secret TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS tokens (
    hash TEXT PRIMARY KEY,
    name TEXT NOT NULL REFERENCES people
  ) STRICT;
  CREATE TABLE IF NOT EXISTS courses (
    code TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    teacher TEXT NOT NULL REFERENCES people
  ) STRICT;
  CREATE TABLE IF NOT EXISTS slots (
    course TEXT NOT NULL REFERENCES courses,
    slot TEXT NOT NULL,
    PRIMARY KEY (course, slot)
  ) STRICT;
  -- A row for each seat that there is: one more cannot be sold.
  CREATE TABLE IF NOT EXISTS seats (
    course TEXT NOT NULL REFERENCES courses,
    number INTEGER NOT NULL,
    student TEXT REFERENCES people, -- NULL: it is free
    grade TEXT,
    PRIMARY KEY (course, number),
    UNIQUE (course, student)
  ) STRICT;
  -- A row for each hour of a student's week that is taken: not twice.
  CREATE TABLE IF NOT EXISTS hours (
    student TEXT NOT NULL REFERENCES people,
    slot TEXT NOT NULL,
    course TEXT NOT NULL,
    PRIMARY KEY (student, slot),
    FOREIGN KEY (course, slot) REFERENCES slots
  ) STRICT;
  CREATE TABLE IF NOT EXISTS waiting (
    turn INTEGER PRIMARY KEY AUTOINCREMENT, -- who came first has the smallest
    course TEXT NOT NULL REFERENCES courses,
    student TEXT NOT NULL REFERENCES people,
    UNIQUE (course, student)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS replies (
    student TEXT NOT NULL REFERENCES people,
    id TEXT NOT NULL,
    wish TEXT NOT NULL,
    reply TEXT NOT NULL,
    PRIMARY KEY (student, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS selection (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1))
  ) STRICT;
  INSERT OR IGNORE INTO selection VALUES (1, 0);
  CREATE TABLE IF NOT EXISTS audit (
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    who TEXT NOT NULL,
    did TEXT NOT NULL
  ) STRICT;
`;

/** For how long another process may hold the file before this one gives up, in milliseconds. */
const BUSY_MS = 5_000;

/** How many decisions share a commit at most. */
const MOST_TOGETHER = 64;

/** What stands in a column. */
export type Value = string | number | null;

/** A row, by the names of its columns. */
export type Row = Record<string, SQLOutputValue>;

/**
 * A database, and its statements. Values never stand in their text: each goes
 * in at a `?`, so that a name with a quote in it is a name and nothing else.
 */
export class Database {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** Opens a file, or makes it. */
  constructor(path: string) {
    this.#db = new DatabaseSync(path, { timeout: BUSY_MS });
    this.#db.exec("PRAGMA journal_mode = WAL");
    this.#db.exec("PRAGMA synchronous = FULL"); // a commit returns when the disk has it
  }

  /** Runs statements without values. */
  exec(sql: string): void {
    this.#db.exec(sql);
  }

  /** Changes something. @returns How many rows it changed. */
  run(sql: string, ...values: Value[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  /** The first row, if there is one. */
  row(sql: string, ...values: Value[]): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  /** All rows. */
  rows(sql: string, ...values: Value[]): Row[] {
    return this.#prepare(sql).all(...values);
  }

  /**
   * Does all of it or nothing. `IMMEDIATE` takes the file's one write lock at
   * the beginning: what is read then still holds when it is written.
   *
   * @param work A plain function. While it waited, other tasks' statements would run inside its transaction.
   * @throws {TypeError} Where it returns a promise; nothing is done then.
   */
  transaction<T>(work: () => T): T {
    return this.#between("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK", work);
  }

  /** Does all of it or nothing, inside of a transaction. */
  part<T>(work: () => T): T {
    return this.#between(
      "SAVEPOINT part",
      "RELEASE part",
      "ROLLBACK TO part; RELEASE part",
      work,
    );
  }

  /** Closes the file. */
  close(): void {
    this.#db.close();
  }

  #between<T>(begin: string, end: string, undo: string, work: () => T): T {
    this.exec(begin);
    try {
      const result = work();
      if (result instanceof Promise) {
        throw new TypeError("Cannot wait inside a transaction");
      }
      this.exec(end);
      return result;
    } catch (error) {
      this.exec(undo);
      throw error;
    }
  }

  #prepare(sql: string): StatementSync {
    const kept = this.#statements.get(sql);
    if (kept) return kept;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/**
 * Decides about a wish, and writes that down. It runs inside a transaction: all
 * of it is done or nothing, and nobody else decides meanwhile.
 */
export type Decide = (db: Database, wish: Wish) => Decision;

/** A wish that waits for the next commit. */
interface Waiting {
  readonly wish: Wish;
  readonly resolve: (decision: Decision) => void;
  readonly reject: (error: unknown) => void;
}

/** A {@linkcode Store} in one file. Several processes may have it open. */
export class SqliteStore implements Store {
  readonly #db: Database;
  readonly #decide: Decide;
  #waiting: Waiting[] = [];

  /** Opens a file, or makes it. @param decide What becomes of wishes. */
  constructor(path: string, decide: Decide) {
    this.#db = new Database(path);
    this.#decide = decide;
    this.#db.exec("PRAGMA foreign_keys = ON");
    this.#db.transaction(() => this.#db.exec(SCHEMA));
  }

  // deno-lint-ignore require-await -- the interface waits; SQLite does not
  async addPerson({ name, role, secret }: KnownPerson): Promise<void> {
    this.#change(name, `is a ${role} now`, () => {
      const isNew = this.#db.run(
        "INSERT INTO people VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        ...[name, role, secret],
      ) === 1;
      if (!isNew) throw new Refusal("that name is taken");
    });
  }

  // deno-lint-ignore require-await -- as above, and so below
  async findPerson(name: string): Promise<KnownPerson | undefined> {
    const row = this.#db.row(
      "SELECT name, role, secret FROM people WHERE name = ?",
      name,
    );
    return row && { ...personOf(row), secret: String(row.secret) };
  }

  // deno-lint-ignore require-await
  async keepToken(hash: string, name: string): Promise<void> {
    this.#db.run("INSERT INTO tokens VALUES (?, ?)", hash, name);
  }

  // deno-lint-ignore require-await
  async whoHas(hash: string): Promise<Person | undefined> {
    const row = this.#db.row(
      "SELECT people.name, role FROM tokens JOIN people USING (name) WHERE hash = ?",
      hash,
    );
    return row && personOf(row);
  }

  // deno-lint-ignore require-await
  async addCourse(course: NewCourse, by: string): Promise<void> {
    const { code, title, teacher, seats, slots } = course;
    this.#change(by, `added ${code} with ${seats} seats`, () => {
      const person = this.#db.row(
        "SELECT role FROM people WHERE name = ?",
        teacher,
      );
      if (person?.role !== "teacher") throw new Refusal("no such teacher");
      const isNew = this.#db.run(
        "INSERT INTO courses VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        ...[code, title, teacher],
      ) === 1;
      if (!isNew) throw new Refusal("that code is taken");
      for (const slot of slots) {
        this.#db.run("INSERT INTO slots VALUES (?, ?)", code, slot);
      }
      for (let number = 1; number <= seats; number++) {
        this.#db.run(
          "INSERT INTO seats (course, number) VALUES (?, ?)",
          ...[code, number],
        );
      }
    });
  }

  // deno-lint-ignore require-await
  async setOpen(isOpen: boolean, by: string): Promise<void> {
    this.#change(by, `${isOpen ? "opened" : "closed"} the selection`, () => {
      this.#db.run("UPDATE selection SET is_open = ?", isOpen ? 1 : 0);
    });
  }

  // deno-lint-ignore require-await
  async courses(teacher?: string): Promise<Course[]> {
    const rows = this.#db.rows(
      `SELECT code, title, teacher, count(number) AS seats,
         count(number) - count(student) AS left
       FROM courses LEFT JOIN seats ON course = code
       WHERE ?1 IS NULL OR teacher = ?1
       GROUP BY code ORDER BY code`,
      teacher ?? null,
    );
    return rows.map((row) => ({
      code: String(row.code),
      title: String(row.title),
      teacher: String(row.teacher),
      seats: Number(row.seats),
      left: Number(row.left),
      slots: this.#db.rows(
        "SELECT slot FROM slots WHERE course = ? ORDER BY slot",
        String(row.code),
      ).map(({ slot }) => String(slot)),
    }));
  }

  // deno-lint-ignore require-await
  async timetable(student: string): Promise<Timetable> {
    const codes = (table: "seats" | "waiting") =>
      this.#db.rows(
        `SELECT course FROM ${table} WHERE student = ? ORDER BY course`,
        student,
      ).map(({ course }) => String(course));
    return { seated: codes("seats"), waiting: codes("waiting") };
  }

  // deno-lint-ignore require-await
  async students(course: string, teacher?: string): Promise<Participant[]> {
    const row = this.#db.row(
      "SELECT teacher FROM courses WHERE code = ?",
      course,
    );
    if (!row || row.teacher !== (teacher ?? row.teacher)) {
      throw new Refusal("no such course of yours");
    }
    return this.#db.rows(
      `SELECT student, grade FROM seats
       WHERE course = ? AND student IS NOT NULL ORDER BY student`,
      course,
    ).map(({ student, grade }) => ({
      student: String(student),
      grade: grade === null ? null : String(grade),
    }));
  }

  // deno-lint-ignore require-await
  async grade(
    course: string,
    { student, grade }: Participant,
    by: string,
  ): Promise<void> {
    this.#change(by, `graded ${student} in ${course}`, () => {
      const count = this.#db.run(
        `UPDATE seats SET grade = ? WHERE course = ? AND student = ?
         AND EXISTS (SELECT 1 FROM courses WHERE code = course AND teacher = ?)`,
        ...[grade, course, student, by],
      );
      if (count === 0) throw new Refusal("no such student of yours");
    });
  }

  // deno-lint-ignore require-await
  async grades(student: string): Promise<Record<string, string>> {
    const rows = this.#db.rows(
      `SELECT course, grade FROM seats
       WHERE student = ? AND grade IS NOT NULL ORDER BY course`,
      student,
    );
    return Object.fromEntries(
      rows.map(({ course, grade }) => [String(course), String(grade)]),
    );
  }

  /** Wishes that come at the same time share a commit. Each is answered after it. */
  decide(wish: Wish): Promise<Decision> {
    const { promise, resolve, reject } = Promise.withResolvers<Decision>();
    this.#waiting.push({ wish, resolve, reject });
    if (this.#waiting.length === 1) setTimeout(() => this.#decideAll()); // when all that has come by now is read
    return promise;
  }

  // deno-lint-ignore require-await
  async close(): Promise<void> {
    this.#db.close();
  }

  #decideAll(): void {
    const batch = this.#waiting.splice(0, MOST_TOGETHER);
    if (this.#waiting.length > 0) setTimeout(() => this.#decideAll());
    try {
      const answers = this.#db.transaction(() =>
        batch.map((waiting) => this.#decideOne(waiting))
      );
      for (const answer of answers) answer(); // the commit is through: now they may know
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  /** @returns What tells the student. */
  #decideOne({ wish, resolve, reject }: Waiting): () => void {
    try {
      const decision = this.#db.part(() => {
        const decision = this.#decide(this.#db, wish);
        if (decision instanceof Promise) return decision; // it will be refused
        this.#audit(wish.student, `${wish.op} ${wish.course} ${wish.id}`);
        return decision;
      });
      return () => resolve(decision);
    } catch (error) {
      return () => reject(error); // the others of this batch do not suffer for it
    }
  }

  /** Changes something, with a line about it. */
  #change(who: string, did: string, work: () => void): void {
    this.#db.transaction(() => {
      work();
      this.#audit(who, did);
    });
  }

  #audit(who: string, did: string): void {
    this.#db.run("INSERT INTO audit (who, did) VALUES (?, ?)", who, did);
  }
}

function personOf({ name, role }: Row): Person {
  return { name: String(name), role: roleOf(String(role)) };
}

function roleOf(text: string): Role {
  if (text === "admin" || text === "teacher") return text;
  return "student"; // the schema knows no fourth
}
