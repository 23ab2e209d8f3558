import { assert, assertEquals } from "@std/assert";
import { Service, type Visitor } from "./service.ts";
import { SqliteStore } from "./sqlite_store.ts";

/** Who hears all that it is told. */
function visitor(): Visitor & { heard: unknown[] } {
  const heard: unknown[] = [];
  return { heard, tell: (event) => void heard.push(event) };
}

async function school() {
  const store = new SqliteStore(":memory:", (_db, { op, student }) => {
    return op === "select"
      ? { reply: { ok: { state: "seated" } } }
      : { reply: { ok: { state: "dropped" } }, promoted: student };
  });
  const service = new Service(store, 2);
  await service.addAdmin("root", "secret");
  const ask = async (request: object, who: Visitor = visitor()) => {
    const reply: { id?: unknown; ok?: unknown; error?: string } = await service
      .answer({ id: "1", ...request }, who);
    return reply;
  };
  const token = async (op: string, name: string, password: string) => {
    const { ok } = await ask({ op, name, password });
    return typeof ok === "object" && ok !== null && "token" in ok
      ? ok.token
      : undefined;
  };
  return { store, service, ask, token };
}

Deno.test("Service answers with the id of the request, and null where it has none", async () => {
  const { ask, store, service } = await school();
  assertEquals(await ask({ op: "ping" }), { id: "1", ok: "pong" });
  for (const request of [undefined, null, 5, [], {}, { op: "ping", id: 7 }]) {
    const reply: { id?: unknown; error?: string } = await service.answer(
      request,
      visitor(),
    );
    assertEquals(reply.id, null);
    assertEquals(typeof reply.error, "string");
  }
  assertEquals((await ask({ op: "toString" })).error, "no such op");
  await store.close();
});

Deno.test("Service tells nobody whether the name or the password was wrong", async () => {
  const { ask, store } = await school();
  const wrong = { id: "1", error: "wrong name or password" };
  assertEquals(await ask({ op: "login", name: "root", password: "x" }), wrong);
  assertEquals(
    await ask({ op: "login", name: "nobody", password: "x" }),
    wrong,
  );
  await store.close();
});

Deno.test("Service gives each role what is its own", async () => {
  const { ask, token, store } = await school();
  const root = await token("login", "root", "secret");
  const anna = await token("signup", "anna", "battery");
  assert(root && anna);
  assertEquals(
    (await ask({ op: "open" })).error,
    '"token" must be a text of 1 to 100 characters',
  );
  assertEquals((await ask({ op: "open", token: "x" })).error, "log in first");
  assertEquals(
    (await ask({ op: "open", token: anna })).error,
    "no student may do that",
  );
  assertEquals((await ask({ op: "open", token: root })).ok, true);
  assertEquals(
    (await ask({ op: "select", course: "NET", token: root })).error,
    "no admin may do that",
  );
  assertEquals((await ask({ op: "select", course: "NET", token: anna })).ok, {
    state: "seated",
  });
  await store.close();
});

Deno.test("Service tells who moved up, as long as they are there", async () => {
  const { ask, token, store, service } = await school();
  const anna = await token("signup", "anna", "battery");
  const [phone, desk] = [visitor(), visitor()];
  await ask({ op: "timetable", token: anna }, phone);
  await ask({ op: "drop", course: "NET", token: anna }, desk);
  const event = { event: "promoted", course: "NET" };
  assertEquals([phone.heard, desk.heard], [[event], [event]]);
  service.leave(phone);
  await ask({ op: "drop", course: "NET", token: anna }, desk);
  assertEquals([phone.heard, desk.heard], [[event], [event, event]]);
  await store.close();
});

const COURSE = {
  op: "add_course",
  code: "NET",
  title: "t",
  teacher: "Ms",
  seats: 2,
  slots: ["a"],
};

const WRONG: readonly [fields: object, says: string][] = [
  [{ seats: -1 }, "seats"],
  [{ seats: 1.5 }, "seats"],
  [{ seats: "2" }, "seats"],
  [{ seats: 10_001 }, "seats"],
  [{ slots: "a" }, "slots"],
  [{ slots: ["a", "a"] }, "slots"],
  [{ slots: [5] }, "slot"],
  [{ code: "" }, "code"],
  [{ code: "x".repeat(17) }, "code"],
  [{ title: "a\nb" }, "title"],
  [{ teacher: "nobody" }, "no such teacher"],
];

for (const [fields, says] of WRONG) {
  Deno.test(`Service refuses a course with ${JSON.stringify(fields).slice(0, 40)}`, async () => {
    const { ask, token, store } = await school();
    const root = await token("login", "root", "secret");
    await ask({ op: "add_teacher", name: "Ms", password: "x", token: root });
    const { error = "" } = await ask({ ...COURSE, ...fields, token: root });
    assert(error.includes(says), error);
    assertEquals((await ask({ ...COURSE, token: root })).ok, true);
    await store.close();
  });
}
