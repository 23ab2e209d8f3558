// a table of its own: who wants what, in the order in which they came
import { runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import {
  openService,
  serverOptions,
} from "@lessons/12_capstone/open_service.ts";
import { serveRequests } from "@lessons/12_capstone/serve_requests.ts";
import type { Database } from "@lessons/12_capstone/sqlite_store.ts";
import type { Decision, Wish } from "@lessons/12_capstone/store.ts";

await runServer({ port: 8012, ...serverOptions }, async (context) => {
  const service = await openService(context, decide);
  using listener = Deno.listen(context.address);
  context.say.listening(listener);
  while (true) {
    const conn = await acceptNext(listener);
    context.say.connected(conn);
    serveClient(conn, () => serveRequests(conn, service));
  }
});

function no(error: string): Decision {
  return { reply: { error } };
}

function decide(db: Database, wish: Wish): Decision {
  const text = JSON.stringify([wish.op, wish.course]);
  const old = db.row(
    "SELECT * FROM replies WHERE id = ? AND student = ?",
    ...[wish.id, wish.student],
  );
  if (old && old.wish !== text) return no("another wish had that id");
  if (old) return { reply: JSON.parse(String(old.reply)) };
  const decision = anew(db, wish);
  db.run(
    "INSERT INTO replies VALUES (?, ?, ?, ?)",
    ...[wish.student, wish.id, text, JSON.stringify(decision.reply)],
  );
  return decision;
}

function anew(db: Database, { student, op, course }: Wish): Decision {
  if (db.row("SELECT is_open FROM selection")?.is_open !== 1) {
    return no("closed");
  }
  if (!db.row("SELECT 1 FROM courses WHERE code = ?", course)) {
    return no("which course?");
  }
  const has = (table: "seats" | "waiting") =>
    db.row(
      `SELECT 1 FROM ${table} WHERE student = ? AND course = ?`,
      ...[student, course],
    ) !== undefined;
  if (op === "select") {
    if (has("seats") || has("waiting")) return no("you have it");
    if (isBusy(db, student, course)) return no("you are busy then");
    if (fill(db, student, course)) {
      return { reply: { ok: { state: "seated" } } };
    }
    db.run(
      "INSERT INTO waiting (student, course) VALUES (?, ?)",
      student,
      course,
    );
    const place =
      db.rows("SELECT 1 FROM waiting WHERE course = ?", course).length;
    return { reply: { ok: { state: "waiting", place } } };
  }
  const reply = { ok: { state: "dropped" } } as const;
  if (has("waiting")) {
    db.run(
      "DELETE FROM waiting WHERE student = ? AND course = ?",
      student,
      course,
    );
    return { reply };
  }
  if (!has("seats")) return no("you have none");
  db.run(
    "UPDATE seats SET student = NULL WHERE student = ? AND course = ?",
    student,
    course,
  );
  for (
    const row of db.rows(
      "SELECT * FROM waiting WHERE course = ? ORDER BY turn",
      course,
    )
  ) {
    const promoted = String(row.student);
    if (isBusy(db, promoted, course)) continue;
    db.run("DELETE FROM waiting WHERE turn = ?", Number(row.turn));
    fill(db, promoted, course);
    return { reply, promoted };
  }
  return { reply };
}

/** By the seats alone: the table of hours stays empty. */
function isBusy(db: Database, student: string, course: string): boolean {
  return db.row(
    `SELECT 1 FROM seats JOIN slots AS mine USING (course)
     JOIN slots AS its ON its.slot = mine.slot
     WHERE seats.student = ? AND its.course = ?`,
    ...[student, course],
  ) !== undefined;
}

function fill(db: Database, student: string, course: string): boolean {
  const free = db.row(
    "SELECT number FROM seats WHERE course = ? AND student IS NULL",
    course,
  );
  if (!free) return false;
  db.run(
    "UPDATE seats SET student = ? WHERE course = ? AND number = ?",
    ...[student, course, Number(free.number)],
  );
  return true;
}
