import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Database, SqliteStore } from "./sqlite_store.ts";

function people(): Database {
  const db = new Database(":memory:");
  db.exec("CREATE TABLE people (name TEXT PRIMARY KEY)");
  return db;
}

Deno.test("Database does all of a transaction or nothing", () => {
  const db = people();
  assertThrows(
    () =>
      db.transaction(() => {
        db.run("INSERT INTO people VALUES (?)", "anna");
        throw new Error("no");
      }),
    Error,
    "no",
  );
  assertEquals(db.rows("SELECT * FROM people"), []);
  db.transaction(() => db.run("INSERT INTO people VALUES (?)", "bob"));
  assertEquals(db.row("SELECT name FROM people")?.name, "bob");
  db.close();
});

Deno.test("Database refuses a transaction that waits, and does nothing of it", () => {
  const db = people();
  assertThrows(
    () =>
      db.transaction(async () => {
        db.run("INSERT INTO people VALUES (?)", "anna");
        await Promise.resolve();
      }),
    TypeError,
    "Cannot wait inside a transaction",
  );
  assertEquals(db.rows("SELECT * FROM people"), []);
  db.close();
});

Deno.test("Database takes a name with quotes for a name", () => {
  const db = people();
  const name = `O'Brien'); DROP TABLE people; --`;
  db.run("INSERT INTO people VALUES (?)", name);
  assertEquals(db.row("SELECT name FROM people")?.name, name);
  db.close();
});

Deno.test("SqliteStore decides wishes that come together in one commit, and one that fails spoils none", async () => {
  let isInside = false;
  let commits = 0;
  const store = new SqliteStore(":memory:", (_db, { student }) => {
    if (!isInside) {
      isInside = true;
      commits++;
      queueMicrotask(() => isInside = false);
    }
    if (student === "bob") throw new Error("a bug");
    return { reply: { ok: { state: "seated" } } };
  });
  const wish = (student: string) =>
    store.decide({ student, id: "1", op: "select", course: "NET" });
  const [anna, bob, carl] = ["anna", "bob", "carl"].map(wish);
  await assertRejects(async () => await bob, Error, "a bug");
  assertEquals((await anna)?.reply, { ok: { state: "seated" } });
  assertEquals((await carl)?.reply, { ok: { state: "seated" } });
  assertEquals(commits, 1);
  await store.close();
});

Deno.test("SqliteStore refuses a decision that waits", async () => {
  const reply = { error: "too late" } as const;
  const late = Object.assign(Promise.resolve(), { reply }); // what an async function gives, in a program without types
  const store = new SqliteStore(":memory:", () => late);
  const wish = { student: "a", id: "1", op: "select", course: "NET" } as const;
  await assertRejects(
    () => store.decide(wish),
    TypeError,
    "Cannot wait inside a transaction",
  );
  await store.close();
});

Deno.test("SqliteStore's schema has no row for one seat more, and none for an hour twice", async () => {
  const store = new SqliteStore(":memory:", (db, { course }) => {
    db.run("UPDATE seats SET student = 'anna' WHERE course = ?", course);
    return { reply: { ok: { state: "seated" } } };
  });
  await store.addPerson({ name: "anna", role: "student", secret: "s" });
  await store.addPerson({ name: "Ms Frame", role: "teacher", secret: "t" });
  const course = { title: "t", teacher: "Ms Frame", slots: ["mon-1"] };
  await store.addCourse({ ...course, code: "NET", seats: 2 }, "root");
  const wish = {
    student: "anna",
    id: "1",
    op: "select",
    course: "NET",
  } as const;
  await assertRejects(
    () => store.decide(wish),
    Error,
    "UNIQUE constraint failed",
  );
  await store.close();
});
