// node:net, its events, and a list of all that was wished
import { Buffer } from "node:buffer";
import { createServer, type Socket } from "node:net";
import { runServer } from "@lessons/program.ts";
import {
  openService,
  serverOptions,
} from "@lessons/12_capstone/open_service.ts";
import type { Service, Visitor } from "@lessons/12_capstone/service.ts";
import type { Database } from "@lessons/12_capstone/sqlite_store.ts";
import type { Decision, Wish, WishReply } from "@lessons/12_capstone/store.ts";

await runServer({ port: 8012, ...serverOptions }, async (context) => {
  const service = await openService(context, decide);
  const { hostname, port } = context.address;
  const server = createServer((socket) => serve(socket, service));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, resolve);
  });
  const bound = server.address();
  const at = typeof bound === "object" && bound ? bound.port : port;
  console.log(`listening on ${hostname}:${at}`);
  await new Promise(() => {});
});

function serve(socket: Socket, service: Service): void {
  console.log(`connected ${socket.remoteAddress}:${socket.remotePort}`);
  const visitor: Visitor = { tell: send };
  let held = Buffer.alloc(0);
  let queue: Promise<void> = Promise.resolve();
  socket.on("data", (chunk: Uint8Array) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 4) {
      const end = 4 + held.readInt32LE(0);
      if (end < 4 || end > 70_000) return void socket.destroy();
      if (held.length < end) return;
      const payload = held.subarray(4, end);
      held = held.subarray(end);
      queue = queue.then(() => answer(payload));
    }
  });
  socket.on("error", () => {});
  socket.on("close", () => service.leave(visitor));

  async function answer(payload: Uint8Array): Promise<void> {
    let request: unknown;
    try {
      request = JSON.parse(new TextDecoder().decode(payload));
    } catch {
      request = undefined;
    }
    send(await service.answer(request, visitor));
  }

  function send(message: unknown): void {
    const payload = Buffer.from(JSON.stringify(message));
    const prefix = Buffer.alloc(4);
    prefix.writeInt32LE(payload.length);
    socket.write(Buffer.concat([prefix, payload]));
  }
}

/** One list for a course: who stands before its last seat has one. Who cannot come stands behind, with a turn that is kept. */
function decide(db: Database, { student, id, op, course }: Wish): Decision {
  const wish = `${op}:${course}`;
  const known = db.row(
    "SELECT wish, reply FROM replies WHERE student = ?1 AND id = ?2",
    ...[student, id],
  );
  if (known?.wish === wish) return { reply: JSON.parse(String(known.reply)) };
  if (known) return { reply: { error: "another wish has this id" } };
  let promoted: string | undefined;
  const reply = ((): WishReply => {
    const state = db.row(
      `SELECT is_open, EXISTS (SELECT 1 FROM courses WHERE code = ?1) AS is_there,
         (SELECT number FROM seats WHERE course = ?1 AND student = ?2) AS seat,
         (SELECT turn FROM waiting WHERE course = ?1 AND student = ?2) AS turn
       FROM selection`,
      ...[course, student],
    );
    if (!state?.is_open || !state.is_there) return { error: "not now" };
    const has = state.seat !== null || state.turn !== null;
    if (op === "select") {
      if (has || !isFree(db, student, course)) return { error: "you cannot" };
      if (sit(db, student, course)) return { ok: { state: "seated" } };
      db.run(
        "INSERT INTO waiting (course, student) VALUES (?, ?)",
        ...[course, student],
      );
      const list = db.rows("SELECT * FROM waiting WHERE course = ?", course);
      return { ok: { state: "waiting", place: list.length } };
    }
    if (!has) return { error: "you have nothing there" };
    if (state.turn !== null) {
      db.run("DELETE FROM waiting WHERE turn = ?", Number(state.turn));
      return { ok: { state: "dropped" } };
    }
    db.run(
      "UPDATE seats SET student = NULL WHERE course = ? AND number = ?",
      ...[course, Number(state.seat)],
    );
    promoted = db.rows(
      "SELECT student FROM waiting WHERE course = ? ORDER BY turn",
      course,
    ).map((row) => String(row.student))
      .find((name) => isFree(db, name, course));
    if (promoted !== undefined) {
      db.run(
        "DELETE FROM waiting WHERE course = ? AND student = ?",
        course,
        promoted,
      );
      sit(db, promoted, course);
    }
    return { ok: { state: "dropped" } };
  })();
  db.run(
    "INSERT INTO replies VALUES (?, ?, ?, ?)",
    ...[student, id, wish, JSON.stringify(reply)],
  );
  return promoted === undefined ? { reply } : { reply, promoted };
}

function isFree(db: Database, student: string, course: string): boolean {
  return db.rows(
    `SELECT slot FROM slots WHERE course = ?1 INTERSECT
     SELECT slot FROM slots JOIN seats USING (course) WHERE student = ?2`,
    ...[course, student],
  ).length === 0;
}

function sit(db: Database, student: string, course: string): boolean {
  return db.run(
    `UPDATE seats SET student = ?1 WHERE rowid =
       (SELECT rowid FROM seats WHERE course = ?2 AND student IS NULL LIMIT 1)`,
    ...[student, course],
  ) > 0;
}
