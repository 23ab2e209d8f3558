/**
 * What becomes of a wish: a seat, a place on the waiting list, or neither.
 *
 * All of it runs inside one transaction, so that what is read here still holds
 * when it is written.
 *
 * @module
 */
import type { Database } from "@lessons/12_capstone/sqlite_store.ts";
import type { Decision, Wish, WishReply } from "@lessons/12_capstone/store.ts";

/** Decides about a wish, once: a request that comes again gets the reply that it got. */
export function decide(db: Database, wish: Wish): Decision {
  const { student, id, op, course } = wish;
  const asked = `${op} ${course}`;
  const kept = db.row(
    "SELECT wish, reply FROM replies WHERE student = ? AND id = ?",
    ...[student, id],
  );
  if (kept) {
    if (kept.wish === asked) return { reply: JSON.parse(String(kept.reply)) };
    return { reply: { error: "that id was used for another wish" } };
  }
  const decision = fulfil(db, wish);
  db.run(
    "INSERT INTO replies (student, id, wish, reply) VALUES (?, ?, ?, ?)",
    ...[student, id, asked, JSON.stringify(decision.reply)],
  );
  return decision;
}

function fulfil(db: Database, { student, op, course }: Wish): Decision {
  const isOpen = db.row("SELECT 1 FROM selection WHERE is_open = 1");
  if (!isOpen) return refuse("the selection is closed");
  const isThere = db.row("SELECT 1 FROM courses WHERE code = ?", course);
  if (!isThere) return refuse("no such course");
  return op === "select"
    ? { reply: select(db, student, course) }
    : drop(db, student, course);
}

function select(db: Database, student: string, course: string): WishReply {
  if (hasSeat(db, student, course)) return { error: "you have a seat there" };
  if (isWaiting(db, student, course)) {
    return { error: "you wait for it already" };
  }
  if (clashes(db, student, course)) {
    return { error: "your timetable has something else then" };
  }
  if (takeSeat(db, student, course)) return { ok: { state: "seated" } };
  db.run(
    "INSERT INTO waiting (course, student) VALUES (?, ?)",
    course,
    student,
  );
  const row = db.row(
    "SELECT count(*) AS place FROM waiting WHERE course = ?",
    course,
  );
  return { ok: { state: "waiting", place: Number(row?.place) } };
}

function drop(db: Database, student: string, course: string): Decision {
  if (leaveList(db, student, course)) {
    return { reply: { ok: { state: "dropped" } } };
  }
  if (!hasSeat(db, student, course)) {
    return refuse("you have no seat there, and wait for none");
  }
  db.run(
    "UPDATE seats SET student = NULL, grade = NULL WHERE course = ? AND student = ?",
    ...[course, student],
  );
  db.run("DELETE FROM hours WHERE student = ? AND course = ?", student, course);
  const next = db.rows(
    "SELECT student FROM waiting WHERE course = ? ORDER BY turn",
    course,
  )
    .map((row) => String(row.student))
    .find((name) => !clashes(db, name, course));
  const reply = { ok: { state: "dropped" } } as const;
  if (next === undefined) return { reply };
  leaveList(db, next, course);
  takeSeat(db, next, course);
  return { reply, promoted: next };
}

function hasSeat(db: Database, student: string, course: string): boolean {
  return db.row(
    "SELECT 1 FROM seats WHERE course = ? AND student = ?",
    ...[course, student],
  ) !== undefined;
}

function isWaiting(db: Database, student: string, course: string): boolean {
  return db.row(
    "SELECT 1 FROM waiting WHERE course = ? AND student = ?",
    ...[course, student],
  ) !== undefined;
}

/** Whether one of the course's hours is taken in the student's week. */
function clashes(db: Database, student: string, course: string): boolean {
  return db.row(
    "SELECT 1 FROM hours JOIN slots USING (slot) WHERE student = ? AND slots.course = ?",
    ...[student, course],
  ) !== undefined;
}

/** Gives a student a free seat and takes its hours. @returns Whether there was one. */
function takeSeat(db: Database, student: string, course: string): boolean {
  const count = db.run(
    `UPDATE seats SET student = ? WHERE course = ? AND number =
       (SELECT min(number) FROM seats WHERE course = ? AND student IS NULL)`,
    ...[student, course, course],
  );
  if (count === 0) return false;
  db.run(
    "INSERT INTO hours SELECT ?, slot, course FROM slots WHERE course = ?",
    ...[student, course],
  );
  return true;
}

/** Takes a student off the waiting list. @returns Whether they stood on it. */
function leaveList(db: Database, student: string, course: string): boolean {
  return db.run(
    "DELETE FROM waiting WHERE course = ? AND student = ?",
    ...[course, student],
  ) === 1;
}

function refuse(error: string): Decision {
  return { reply: { error } };
}
