/**
 * The store in a database that is a server of its own: for several machines.
 *
 * The tables and keys are those of the store in one file. What `BEGIN
 * IMMEDIATE` does there, one lock for all decisions does here.
 *
 * @module
 */
import postgres from "postgres";
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
  type WishReply,
} from "@lessons/12_capstone/store.ts";

/** The lock that whoever decides holds until the commit. */
const DECIDING = 12;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS people (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('admin', 'teacher', 'student')),
    secret TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS tokens (
    hash TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES people
  );
  CREATE TABLE IF NOT EXISTS courses (
    code TEXT PRIMARY KEY, title TEXT NOT NULL,
    teacher TEXT NOT NULL REFERENCES people
  );
  CREATE TABLE IF NOT EXISTS slots (
    course TEXT NOT NULL REFERENCES courses, slot TEXT NOT NULL,
    PRIMARY KEY (course, slot)
  );
  CREATE TABLE IF NOT EXISTS seats (
    course TEXT NOT NULL REFERENCES courses, number INTEGER NOT NULL,
    student TEXT REFERENCES people, grade TEXT,
    PRIMARY KEY (course, number), UNIQUE (course, student)
  );
  CREATE TABLE IF NOT EXISTS hours (
    student TEXT NOT NULL REFERENCES people, slot TEXT NOT NULL,
    course TEXT NOT NULL, PRIMARY KEY (student, slot),
    FOREIGN KEY (course, slot) REFERENCES slots
  );
  CREATE TABLE IF NOT EXISTS waiting (
    turn BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    course TEXT NOT NULL REFERENCES courses,
    student TEXT NOT NULL REFERENCES people, UNIQUE (course, student)
  );
  CREATE TABLE IF NOT EXISTS replies (
    student TEXT NOT NULL REFERENCES people, id TEXT NOT NULL,
    wish TEXT NOT NULL, reply TEXT NOT NULL, PRIMARY KEY (student, id)
  );
  CREATE TABLE IF NOT EXISTS selection (
    one INTEGER PRIMARY KEY CHECK (one = 1), is_open BOOLEAN NOT NULL
  );
  INSERT INTO selection VALUES (1, FALSE) ON CONFLICT DO NOTHING;
  CREATE TABLE IF NOT EXISTS audit (
    at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    who TEXT NOT NULL, did TEXT NOT NULL
  );
`;

type Sql = postgres.Sql | postgres.TransactionSql;

/** A {@linkcode Store} behind a `postgres://` address. */
export class PostgresStore implements Store {
  readonly #sql: postgres.Sql;

  private constructor(sql: postgres.Sql) {
    this.#sql = sql;
  }

  /** Connects, and makes the tables where they are missing. */
  static async open(url: string): Promise<PostgresStore> {
    const store = new PostgresStore(postgres(url, { onnotice: () => {} }));
    try {
      await store.#change(async (sql) => void await sql.unsafe(SCHEMA));
    } catch (error) {
      await store.close();
      throw error;
    }
    return store;
  }

  async addPerson({ name, role, secret }: KnownPerson): Promise<void> {
    await this.#change(async (sql) => {
      const { count } = await sql`
        INSERT INTO people VALUES (${name}, ${role}, ${secret})
        ON CONFLICT DO NOTHING`;
      if (count === 0) throw new Refusal("that name is taken");
      await audit(sql, name, `is a ${role} now`);
    });
  }

  async findPerson(name: string): Promise<KnownPerson | undefined> {
    const [row] = await this.#sql`SELECT * FROM people WHERE name = ${name}`;
    return row && { ...personOf(row), secret: String(row.secret) };
  }

  async keepToken(hash: string, name: string): Promise<void> {
    await this.#sql`INSERT INTO tokens VALUES (${hash}, ${name})`;
  }

  async whoHas(hash: string): Promise<Person | undefined> {
    const [row] = await this.#sql`
      SELECT people.name, role FROM tokens JOIN people USING (name)
      WHERE hash = ${hash}`;
    return row && personOf(row);
  }

  async addCourse(course: NewCourse, by: string): Promise<void> {
    const { code, title, teacher, seats, slots } = course;
    await this.#change(async (sql) => {
      const [person] = await sql`
        SELECT role FROM people WHERE name = ${teacher}`;
      if (person?.role !== "teacher") throw new Refusal("no such teacher");
      const { count } = await sql`
        INSERT INTO courses VALUES (${code}, ${title}, ${teacher})
        ON CONFLICT DO NOTHING`;
      if (count === 0) throw new Refusal("that code is taken");
      for (const slot of slots) {
        await sql`INSERT INTO slots VALUES (${code}, ${slot})`;
      }
      await sql`
        INSERT INTO seats (course, number)
        SELECT ${code}, number FROM generate_series(1, ${seats}::int) AS number`;
      await audit(sql, by, `added ${code} with ${seats} seats`);
    });
  }

  async setOpen(isOpen: boolean, by: string): Promise<void> {
    await this.#change(async (sql) => {
      await sql`UPDATE selection SET is_open = ${isOpen}`;
      await audit(sql, by, `${isOpen ? "opened" : "closed"} the selection`);
    });
  }

  async courses(teacher?: string): Promise<Course[]> {
    const rows = await this.#sql`
      SELECT code, title, teacher, count(number)::int AS seats,
        (count(number) - count(student))::int AS left,
        ARRAY(SELECT slot FROM slots WHERE course = code ORDER BY slot COLLATE "C") AS slots
      FROM courses LEFT JOIN seats ON course = code
      WHERE ${teacher ?? null}::text IS NULL OR teacher = ${teacher ?? null}
      GROUP BY code ORDER BY code COLLATE "C"`;
    return rows.map(({ code, title, teacher, seats, left, slots }) => ({
      ...{ code, title, teacher, seats, left, slots },
    }));
  }

  async timetable(student: string): Promise<Timetable> {
    const sql = this.#sql;
    const codes = (rows: readonly postgres.Row[]) =>
      rows.map(({ course }) => String(course));
    return {
      seated: codes(
        await sql`
        SELECT course FROM seats WHERE student = ${student}
        ORDER BY course COLLATE "C"`,
      ),
      waiting: codes(
        await sql`
        SELECT course FROM waiting WHERE student = ${student}
        ORDER BY course COLLATE "C"`,
      ),
    };
  }

  async students(course: string, teacher?: string): Promise<Participant[]> {
    const sql = this.#sql;
    const [row] = await sql`SELECT teacher FROM courses WHERE code = ${course}`;
    if (!row || row.teacher !== (teacher ?? row.teacher)) {
      throw new Refusal("no such course of yours");
    }
    const rows = await sql`
      SELECT student, grade FROM seats
      WHERE course = ${course} AND student IS NOT NULL
      ORDER BY student COLLATE "C"`;
    return rows.map(({ student, grade }) => ({ student, grade }));
  }

  async grade(
    course: string,
    { student, grade }: Participant,
    by: string,
  ): Promise<void> {
    await this.#change(async (sql) => {
      const { count } = await sql`
        UPDATE seats SET grade = ${grade}
        WHERE course = ${course} AND student = ${student} AND EXISTS
          (SELECT 1 FROM courses WHERE code = ${course} AND teacher = ${by})`;
      if (count === 0) throw new Refusal("no such student of yours");
      await audit(sql, by, `graded ${student} in ${course}`);
    });
  }

  async grades(student: string): Promise<Record<string, string>> {
    const rows = await this.#sql`
      SELECT course, grade FROM seats
      WHERE student = ${student} AND grade IS NOT NULL
      ORDER BY course COLLATE "C"`;
    return Object.fromEntries(
      rows.map(({ course, grade }) => [course, grade]),
    );
  }

  /** Settles after the commit: PostgreSQL's, with its `synchronous_commit`, is durable. */
  async decide(wish: Wish): Promise<Decision> {
    return await this.#change(async (sql) => {
      const decision = await decideOnce(sql, wish);
      await audit(sql, wish.student, `${wish.op} ${wish.course} ${wish.id}`);
      return decision;
    });
  }

  async close(): Promise<void> {
    await this.#sql.end();
  }

  /** All of it or nothing, and nobody else changes anything meanwhile. */
  async #change<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const { result } = await this.#sql.begin(async (sql) => {
      await sql`SELECT pg_advisory_xact_lock(${DECIDING})`;
      return { result: await work(sql) };
    });
    return result;
  }
}

async function decideOnce(sql: Sql, wish: Wish): Promise<Decision> {
  const { student, id, op, course } = wish;
  const asked = `${op} ${course}`;
  const [kept] = await sql`
    SELECT wish, reply FROM replies WHERE student = ${student} AND id = ${id}`;
  if (kept) {
    if (kept.wish === asked) return { reply: JSON.parse(String(kept.reply)) };
    return { reply: { error: "that id was used for another wish" } };
  }
  const decision = await fulfil(sql, wish);
  await sql`
    INSERT INTO replies
    VALUES (${student}, ${id}, ${asked}, ${JSON.stringify(decision.reply)})`;
  return decision;
}

async function fulfil(
  sql: Sql,
  { student, op, course }: Wish,
): Promise<Decision> {
  const [state] = await sql`
    SELECT is_open,
      EXISTS (SELECT 1 FROM courses WHERE code = ${course}) AS is_there
    FROM selection`;
  if (!state?.is_open) return refuse("the selection is closed");
  if (!state.is_there) return refuse("no such course");
  return op === "select"
    ? { reply: await select(sql, student, course) }
    : await drop(sql, student, course);
}

async function select(
  sql: Sql,
  student: string,
  course: string,
): Promise<WishReply> {
  const [has] = await sql`
    SELECT course FROM seats WHERE course = ${course} AND student = ${student}
    UNION ALL
    SELECT course FROM waiting WHERE course = ${course} AND student = ${student}`;
  if (has) return { error: "you have a seat there, or wait for one" };
  if (await clashes(sql, student, course)) {
    return { error: "your timetable has something else then" };
  }
  if (await takeSeat(sql, student, course)) return { ok: { state: "seated" } };
  await sql`
    INSERT INTO waiting (course, student) VALUES (${course}, ${student})`;
  const [row] = await sql`
    SELECT count(*)::int AS place FROM waiting WHERE course = ${course}`;
  return { ok: { state: "waiting", place: Number(row?.place) } };
}

async function drop(
  sql: Sql,
  student: string,
  course: string,
): Promise<Decision> {
  const reply = { ok: { state: "dropped" } } as const;
  const left = await sql`
    DELETE FROM waiting WHERE course = ${course} AND student = ${student}`;
  if (left.count > 0) return { reply };
  const freed = await sql`
    UPDATE seats SET student = NULL, grade = NULL
    WHERE course = ${course} AND student = ${student}`;
  if (freed.count === 0) {
    return refuse("you have no seat there, and wait for none");
  }
  await sql`
    DELETE FROM hours WHERE student = ${student} AND course = ${course}`;
  const list = await sql`
    SELECT student FROM waiting WHERE course = ${course} ORDER BY turn`;
  for (const { student: next } of list) {
    if (await clashes(sql, next, course)) continue;
    await sql`
      DELETE FROM waiting WHERE course = ${course} AND student = ${next}`;
    await takeSeat(sql, next, course);
    return { reply, promoted: next };
  }
  return { reply };
}

async function clashes(
  sql: Sql,
  student: string,
  course: string,
): Promise<boolean> {
  const rows = await sql`
    SELECT 1 FROM hours JOIN slots USING (slot)
    WHERE student = ${student} AND slots.course = ${course}`;
  return rows.length > 0;
}

/** Gives a student a free seat and takes its hours. @returns Whether there was one. */
async function takeSeat(
  sql: Sql,
  student: string,
  course: string,
): Promise<boolean> {
  const { count } = await sql`
    UPDATE seats SET student = ${student}
    WHERE course = ${course} AND number =
      (SELECT min(number) FROM seats WHERE course = ${course} AND student IS NULL)`;
  if (count === 0) return false;
  await sql`
    INSERT INTO hours
    SELECT ${student}, slot, course FROM slots WHERE course = ${course}`;
  return true;
}

async function audit(sql: Sql, who: string, did: string): Promise<void> {
  await sql`INSERT INTO audit (who, did) VALUES (${who}, ${did})`;
}

function refuse(error: string): Decision {
  return { reply: { error } };
}

function personOf({ name, role }: postgres.Row): Person {
  const roles: readonly Role[] = ["admin", "teacher", "student"];
  const known = roles.find((one) => one === role) ?? "student";
  return { name: String(name), role: known };
}
