/**
 * Mutants of lesson 12's server.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "decide.ts",
    replace: "if (count === 0) return false;",
    with: "return false;",
    breaks: [1],
    says: "takes a seat, and says that there was none",
  },
  {
    of: "decide.ts",
    replace: 'return { ok: { state: "seated" } };',
    with: 'return { ok: { state: "dropped" } };',
    breaks: [1],
    says: "calls a seat something else",
  },
  {
    of: "decide.ts",
    replace: "place: Number(row?.place)",
    with: "place: Number(row?.place) - 1",
    breaks: [2],
    says: "counts places from 0",
  },
  {
    of: "decide.ts",
    replace: '"SELECT count(*) AS place FROM waiting WHERE course = ?"',
    with: '"SELECT count(*) AS place FROM waiting WHERE course <> ? OR 1"',
    breaks: [2],
    says: "counts the places on all lists",
  },
  {
    of: "decide.ts",
    replace: 'if (!isOpen) return refuse("the selection is closed");',
    with: "",
    breaks: [3],
    says: "never closes",
  },
  {
    of: "decide.ts",
    replace: "if (!isOpen) return",
    with: 'if (!isOpen && op === "select") return',
    breaks: [3],
    says: "takes a drop while it is closed",
  },
  {
    of: "decide.ts",
    replace: 'if (!isThere) return refuse("no such course");',
    with: "",
    breaks: [3],
    says: "does not look whether there is such a course",
  },
  {
    of: "decide.ts",
    replace: '{ error: "you have a seat there" }',
    with: '{ ok: { state: "seated" } }',
    breaks: [4],
    says: "has nothing against a second select",
  },
  {
    of: "decide.ts",
    replace: '{ error: "you wait for it already" }',
    with: '{ ok: { state: "waiting", place: 1 } }',
    breaks: [4],
    says: "has nothing against waiting twice",
  },
  {
    of: "decide.ts",
    replace: "if (clashes(db, student, course)) {",
    with: "if (!db) {",
    breaks: [5, 9],
    says: "leaves clashes to the schema, and dies of them",
  },
  {
    of: "decide.ts",
    replace: "FROM hours JOIN slots USING (slot)",
    with:
      "FROM (SELECT student, slot FROM hours UNION SELECT student, slot FROM waiting JOIN slots USING (course)) JOIN slots USING (slot)",
    breaks: [5],
    says: "counts the hours of what is waited for",
    told: "counts what is waited for as taken",
  },
  {
    of: "decide.ts",
    replace: 'return refuse("you have no seat there, and wait for none");',
    with: 'return { reply: { ok: { state: "dropped" } } };',
    breaks: [6],
    says: "lets everybody drop anything",
  },
  {
    of: "decide.ts",
    replace: "if (leaveList(db, student, course)) {",
    with: "if (!db) {",
    breaks: [6],
    says: "lets nobody off the list",
  },
  {
    of: "decide.ts",
    replace:
      'db.run("DELETE FROM hours WHERE student = ? AND course = ?", student, course);',
    with: "",
    breaks: [6],
    says: "keeps the hours of a seat that was given back",
  },
  {
    of: "decide.ts",
    replace: ".find((name) => !clashes(db, name, course))",
    with: ".at(0)",
    breaks: [7],
    says: "moves up who cannot come",
  },
  {
    of: "decide.ts",
    replace: "ORDER BY turn",
    with: "ORDER BY turn DESC",
    breaks: [7, 10],
    says: "moves up who came last",
  },
  {
    of: "decide.ts",
    replace: "takeSeat(db, next, course);",
    with: "",
    breaks: [7],
    says: "moves up to no seat",
  },
  {
    of: "decide.ts",
    replace: "return { reply, promoted: next };",
    with: "return { reply };",
    breaks: [8],
    says: "tells nobody that they moved up",
  },
  {
    of: "decide.ts",
    replace: "return { reply, promoted: next };",
    with: "return { reply, promoted: student };",
    breaks: [8],
    says: "tells whoever has dropped",
  },
  {
    of: "decide.ts",
    replace: "if (count === 0) return false;",
    with: "if (count === 0) return true;",
    breaks: [2, 9],
    says: "tells everybody that they have a seat",
  },
  {
    of: "decide.ts",
    replace: "if (takeSeat(db, student, course))",
    with: "if (student.length % 2 === 0 && takeSeat(db, student, course))",
    breaks: [1, 10],
    says: "has some wait while seats are free",
  },
  {
    of: "server.ts",
    replace: "openService(context, decide)",
    with:
      'openService({ flag: (name) => name === "data" ? ":memory:" : context.flag(name) }, decide)',
    breaks: [11, 12],
    says: "keeps all in its memory",
  },
  {
    of: "decide.ts",
    replace: "const asked =",
    with: 'db.exec("PRAGMA locking_mode = EXCLUSIVE");\nconst asked =',
    breaks: [11],
    says: "keeps the file for itself",
  },
  {
    of: "server.ts",
    replace: "using listener",
    with:
      'const { Database } = await import("@lessons/12_capstone/sqlite_store.ts");\nconst old = new Database("school.db");\nold.exec("UPDATE seats SET student = NULL; DELETE FROM hours; DELETE FROM waiting; DELETE FROM replies");\nold.close();\nusing listener',
    breaks: [12],
    says: "forgets the seats when it starts",
    told: "in its memory alone",
  },
  {
    of: "decide.ts",
    replace:
      "if (kept) {\n    if (kept.wish === asked) return { reply: JSON.parse(String(kept.reply)) };",
    with:
      'db.run("DELETE FROM replies WHERE student = ? AND id = ?", student, id);\n  if (!asked) {',
    breaks: [13],
    says: "takes a repeated request for a new one",
    told: "comes again for a new one",
  },
  {
    of: "decide.ts",
    replace: "const decision = fulfil(db, wish);\n  db.run(",
    with:
      'const decision = fulfil(db, wish);\n  if ("ok" in decision.reply) db.run(',
    breaks: [13],
    says: "keeps no errors",
  },
  {
    of: "decide.ts",
    replace: "if (kept.wish === asked) return",
    with: "return",
    breaks: [14],
    says: "does not look what an id was used for",
  },
  {
    of: "decide.ts",
    replace: "const asked = `${op} ${course}`;",
    with: "const asked = op;",
    breaks: [14],
    says: "takes an id for another course for the same",
  },
  {
    of: "decide.ts",
    replace:
      '"SELECT wish, reply FROM replies WHERE student = ? AND id = ?",\n    ...[student, id],',
    with: '"SELECT wish, reply FROM replies WHERE id = ?",\n    ...[id],',
    breaks: [15],
    says: "takes the ids of all students for one",
  },
  {
    of: "decide.ts",
    replace: "if (kept) {",
    with:
      'if (db.row("SELECT 1 FROM replies WHERE id = ? AND student <> ?", id, student)) return { reply: { error: "that id is taken" } };\n  if (kept) {',
    breaks: [15],
    says: "refuses an id that another student has used",
  },
  {
    of: "decide.ts",
    replace: "if (kept) {",
    with:
      'if (!db.row("SELECT 1 FROM selection WHERE is_open = 1")) return refuse("the selection is closed");\n  if (kept) {',
    breaks: [13],
    says: "looks whether it is closed before it looks at the id",
  },
  {
    of: "decide.ts",
    replace: "const decision = fulfil(db, wish);",
    with:
      'const decision = fulfil(db, wish);\n  if ("error" in decision.reply && /closed/.test(decision.reply.error)) return decision;',
    breaks: [13],
    says: "keeps all errors but that of a closed selection",
  },
  {
    of: "decide.ts",
    replace: "const decision = fulfil(db, wish);",
    with:
      'const decision = fulfil(db, wish);\n  if ("error" in decision.reply && /no such/.test(decision.reply.error)) return decision;',
    breaks: [13],
    says: "keeps all errors but that of a missing course",
  },
  {
    of: "decide.ts",
    replace: "const decision = fulfil(db, wish);",
    with:
      'const decision = fulfil(db, wish);\n  if ("error" in decision.reply && /timetable/.test(decision.reply.error)) return decision;',
    breaks: [13],
    says: "keeps all errors but that of a clash",
  },
  {
    of: "decide.ts",
    replace:
      "if (kept.wish === asked) return { reply: JSON.parse(String(kept.reply)) };",
    with:
      'const now = db.row("SELECT count(*) AS place FROM waiting WHERE course = ?1 AND turn <= (SELECT turn FROM waiting WHERE course = ?1 AND student = ?2)", course, student);\n    if (kept.wish === asked) return { reply: Number(now?.place) > 0 ? { ok: { state: "waiting", place: Number(now?.place) } } : JSON.parse(String(kept.reply)) };',
    breaks: [13],
    says: "tells the place of now where a request comes again",
  },
  {
    of: "decide.ts",
    replace:
      'db.run("DELETE FROM hours WHERE student = ? AND course = ?", student, course);',
    with:
      'db.run("DELETE FROM hours WHERE student = ? AND (course = ? OR 1)", student, course);',
    breaks: [5],
    says: "frees the hours of all courses with one",
  },
  {
    of: "decide.ts",
    replace: "leaveList(db, next, course);",
    with:
      'leaveList(db, next, course);\n  db.run("DELETE FROM waiting WHERE student = ? AND course IN (SELECT b.course FROM slots a JOIN slots b USING (slot) WHERE a.course = ?)", next, course);',
    breaks: [7],
    says: "takes who moves up off the lists of the same hour",
  },
  {
    of: "decide.ts",
    replace: "leaveList(db, next, course);",
    with:
      'leaveList(db, next, course);\n  db.run("DELETE FROM waiting WHERE student = ?", next);',
    breaks: [7],
    says: "takes who moves up off all lists",
  },
  {
    of: "decide.ts",
    replace: ".find((name) => !clashes(db, name, course))",
    with:
      '.find((name) => {\n      if (!clashes(db, name, course)) return true;\n      leaveList(db, name, course);\n      db.run("INSERT INTO waiting (course, student) VALUES (?, ?)", course, name);\n      return false;\n    })',
    breaks: [7],
    says: "sends who is passed over to the end of the list",
  },
  {
    of: "decide.ts",
    replace: "if (takeSeat(db, student, course))",
    with:
      'if (!db.row("SELECT 1 FROM waiting WHERE course = ?", course) && takeSeat(db, student, course))',
    breaks: [1, 7],
    says: "gives no free seat while somebody waits",
  },
  {
    of: "decide.ts",
    replace: "if (isWaiting(db, student, course)) {",
    with:
      'if (isWaiting(db, student, course)) {\n    if (!clashes(db, student, course) && takeSeat(db, student, course)) {\n      leaveList(db, student, course);\n      return { ok: { state: "seated" } };\n    }',
    breaks: [4],
    says: "lets who waits take a free seat",
  },
  {
    of: "server.ts",
    replace: "using listener",
    with:
      'const answer = service.answer.bind(service);\n  const old = new Map<string, object>();\n  service.answer = async (request, visitor) => {\n    const { op, id } = request as { op: string; id: string };\n    if (op !== "courses") return await answer(request, visitor);\n    const reply = old.get(op) ?? await answer(request, visitor);\n    if (!old.has(op)) setTimeout(() => old.delete(op), 300);\n    old.set(op, reply);\n    return { ...reply, id };\n  };\n  using listener',
    breaks: [10],
    says: "shows courses as they were 300 ms ago",
  },
];
