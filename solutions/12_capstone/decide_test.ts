import { assertEquals } from "@std/assert";
import { SqliteStore } from "@lessons/12_capstone/sqlite_store.ts";
import { decide } from "./decide.ts";

async function school(seats: number): Promise<SqliteStore> {
  const store = new SqliteStore(":memory:", decide);
  await store.addPerson({ name: "Ms Frame", role: "teacher", secret: "t" });
  for (const name of ["anna", "bob", "carl"]) {
    await store.addPerson({ name, role: "student", secret: "s" });
  }
  const course = { title: "t", teacher: "Ms Frame", slots: ["mon-1"] };
  await store.addCourse({ ...course, code: "NET", seats }, "root");
  await store.addCourse({ ...course, code: "WEB", seats: 1 }, "root");
  await store.setOpen(true, "root");
  return store;
}

const SEATED = { ok: { state: "seated" } } as const;

Deno.test("decide() gives a seat, then a place, and moves up who can", async () => {
  const store = await school(1);
  let id = 0;
  const wish = async (student: string, op: "select" | "drop", course = "NET") =>
    await store.decide({ student, id: String(++id), op, course });
  assertEquals(await wish("anna", "select"), { reply: SEATED });
  assertEquals((await wish("bob", "select")).reply, {
    ok: { state: "waiting", place: 1 },
  });
  assertEquals((await wish("carl", "select")).reply, {
    ok: { state: "waiting", place: 2 },
  });
  assertEquals((await wish("bob", "select", "WEB")).reply, SEATED);
  assertEquals(await wish("anna", "drop"), {
    reply: { ok: { state: "dropped" } },
    promoted: "carl",
  });
  assertEquals(await store.timetable("bob"), {
    seated: ["WEB"],
    waiting: ["NET"],
  });
  await store.close();
});

Deno.test("decide() gives a request that comes again its reply, and does nothing", async () => {
  const store = await school(1);
  const wish = {
    student: "anna",
    id: "1",
    op: "select",
    course: "NET",
  } as const;
  assertEquals(await store.decide(wish), { reply: SEATED });
  assertEquals(await store.decide(wish), { reply: SEATED });
  const other = await store.decide({ ...wish, op: "drop" });
  assertEquals("error" in other.reply, true);
  assertEquals((await store.timetable("anna")).seated, ["NET"]);
  await store.close();
});
