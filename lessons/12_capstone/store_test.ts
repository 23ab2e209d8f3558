/**
 * What holds for every store, but for wishes: these are the exercise.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { SqliteStore } from "./sqlite_store.ts";
import { Refusal, type Store } from "./store.ts";

const NET = {
  code: "NET",
  title: "Networks",
  teacher: "Ms Frame",
  seats: 2,
  slots: ["mon-1", "wed-2"],
};

async function storeWithPeople(store: Store): Promise<void> {
  await store.addPerson({ name: "anna", role: "student", secret: "s" });
  await store.addPerson({ name: "Ms Frame", role: "teacher", secret: "t" });
  await store.addCourse(NET, "root");
}

/** What is tried, each with an empty store. */
const cases: Readonly<Record<string, (store: Store) => Promise<void>>> = {
  async "knows people by name, each once"(store) {
    await storeWithPeople(store);
    const anna = { name: "anna", role: "student", secret: "s" } as const;
    assertEquals(await store.findPerson("anna"), anna);
    assertEquals(await store.findPerson("bob"), undefined);
    await assertRejects(() => store.addPerson(anna), Refusal, "taken");
  },
  async "knows whose token has a hash"(store) {
    await storeWithPeople(store);
    await store.keepToken("abc", "anna");
    assertEquals(await store.whoHas("abc"), { name: "anna", role: "student" });
    assertEquals(await store.whoHas("abd"), undefined);
  },
  async "lists courses with the seats that are left"(store) {
    await storeWithPeople(store);
    assertEquals(await store.courses(), [{ ...NET, left: 2 }]);
    assertEquals(await store.courses("Mr Byte"), []);
    await assertRejects(() => store.addCourse(NET, "root"), Refusal, "taken");
    await assertRejects(
      () => store.addCourse({ ...NET, code: "X", teacher: "anna" }, "root"),
      Refusal,
      "no such teacher",
    );
    assertEquals(await store.courses(), [{ ...NET, left: 2 }]);
  },
  async "has nobody in a new course"(store) {
    await storeWithPeople(store);
    assertEquals(await store.students("NET"), []);
    assertEquals(await store.students("NET", "Ms Frame"), []);
    await assertRejects(() => store.students("NET", "Mr Byte"), Refusal);
    await assertRejects(() => store.students("WEB"), Refusal);
    assertEquals(await store.timetable("anna"), { seated: [], waiting: [] });
    assertEquals(await store.grades("anna"), {});
    await assertRejects(
      () => store.grade("NET", { student: "anna", grade: "1" }, "Ms Frame"),
      Refusal,
    );
  },
};

for (const [what, act] of Object.entries(cases)) {
  Deno.test(`a SqliteStore ${what}`, async () => {
    const store = new SqliteStore(
      ":memory:",
      () => ({ reply: { error: "no" } }),
    );
    try {
      await act(store);
    } finally {
      await store.close();
    }
  });
}
