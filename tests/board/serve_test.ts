import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { WorkingFolder } from "../../kit/working_folder.ts";
import { MOST_BODY } from "../../course/class/report.ts";
import { MOST_LEARNERS, Store } from "../../course/board/store.ts";
import { Hall, report } from "./hall.ts";

Deno.test("a learner joins, reports and asks; the instructor sees who, the room sees a number", async () => {
  await using hall = await Hall.open();
  const ann = await hall.learner("Änn 安");
  assertEquals((await ann.tell(report())).status, 200);
  const share = { failed: "a case", steps: ["one"], wire: "│ a │" };
  const hand = { lesson: "05_sticky_packets", text: "why?", share };
  assertEquals((await ann.raise(hand)).status, 200);
  const [seat] = (await hall.news("board")).seats;
  assertEquals(seat?.name, "Änn 安");
  assertEquals(seat?.asks, { text: "why?", share });
  assertEquals(seat?.lessons["05_sticky_packets"]?.attempts, 1);
  const text = JSON.stringify(await hall.news("room"));
  assert(!/Änn|why|a case/.test(text), text);
  assertEquals((await ann.raise({ up: false })).status, 200);
  assertEquals((await hall.news("board")).seats[0]?.hand, undefined);
});

Deno.test("what was acknowledged is there after a restart, with the same code, link and seats", async () => {
  using folder = WorkingFolder.make();
  const file = `${folder.path}/board.sqlite`;
  const keys: string[] = [];
  const secrets: string[] = [];
  {
    await using hall = await Hall.open(file);
    for (const name of ["ann", "bob"]) {
      const learner = await hall.learner(name);
      secrets.push(learner.secret);
      await learner.tell(report(), report());
    }
    keys.push(hall.store.code, hall.store.token);
  }
  await using hall = await Hall.open(file);
  assertEquals([hall.store.code, hall.store.token], keys);
  const { seats } = await hall.news("board");
  assertEquals(seats.map(({ id, name }) => [id, name]), [[1, "ann"], [
    2,
    "bob",
  ]]);
  assertEquals(seats[1]?.lessons["05_sticky_packets"]?.attempts, 2);
  assertEquals(hall.store.find("bob", secrets[1] ?? ""), 2);
});

Deno.test("a report that comes twice counts once, and reports of one learner are nobody else's", async () => {
  await using hall = await Hall.open();
  const [ann, bob] = [await hall.learner("ann"), await hall.learner("bob")];
  const same = report();
  await ann.tell(same);
  await ann.tell(same);
  await bob.tell(same);
  const attempts = (await hall.news("board")).seats.map(({ lessons }) =>
    lessons["05_sticky_packets"]?.attempts
  );
  assertEquals(attempts, [1, 1]);
});

Deno.test("a nickname belongs to its secret, however it is spelled", async () => {
  await using hall = await Hall.open();
  const ann = await hall.learner("Ann");
  const { code } = hall.store;
  const secret = ann.secret;
  const join = async (nickname: string, secret: string) =>
    (await hall.post("/join", { code, nickname, secret })).status;
  assertEquals(await join("ann", crypto.randomUUID()), 409);
  assertEquals(await join("ＡＮＮ", crypto.randomUUID()), 409);
  assertEquals(await join("Ann", secret), 200);
  assertEquals((await hall.news("board")).seats.length, 1);
  const { status } = await hall.post("/reports", { reports: [] }, {
    ...ann.headers,
    authorization: "Bearer another",
  });
  assertEquals(status, 401);
});

Deno.test("who guesses codes is soon told to wait, and who knows one behind the same address is heard", async () => {
  await using hall = await Hall.open();
  const ann = await hall.learner("ann");
  const bad = { code: "AAAAAAAA", nickname: "eve", secret: "x".repeat(20) };
  const statuses = [];
  for (let i = 0; i < 12; i++) {
    statuses.push((await hall.post("/join", bad)).status);
  }
  assertEquals(statuses.slice(0, 10), Array(10).fill(403));
  assertEquals(statuses.slice(10), [429, 429]);
  assertEquals((await ann.tell(report())).status, 200);
});

Deno.test("a learner who floods is told to wait, and what came before stays", async () => {
  await using hall = await Hall.open();
  const eve = await hall.learner("eve");
  const ann = await hall.learner("ann");
  const statuses = await Promise.all(
    Array.from({ length: 60 }, async () => (await eve.tell(report())).status),
  );
  assertEquals(statuses.slice(0, 30), Array(30).fill(200));
  assert(statuses.includes(429));
  assertEquals((await ann.tell(report())).status, 200);
});

Deno.test("whatever is posted is refused in one line, or is what it should be", async () => {
  await using hall = await Hall.open();
  const ann = await hall.learner("ann");
  const { code } = hall.store;
  const secret = "x".repeat(20);
  const bad: [path: string, body: unknown, status: number][] = [
    ["/join", "", 400],
    ["/join", "{", 400],
    ["/join", "[]", 400],
    ["/join", "null", 400],
    ["/join", { code, nickname: "", secret }, 400],
    ["/join", { code, nickname: "a\u001b[2J", secret }, 400],
    ["/join", { code, nickname: "a\u202eb", secret }, 400],
    ["/join", { code, nickname: "a".repeat(25), secret }, 400],
    ["/join", { code, nickname: ["ann"], secret }, 400],
    ["/join", { code, nickname: "eve", secret: "short" }, 400],
    ["/reports", { reports: {} }, 400],
    ["/reports", { reports: [null] }, 400],
    ["/reports", { reports: [report({ at: -1 })] }, 400],
    ["/reports", { reports: [report({ at: 1.5 })] }, 400],
    ["/reports", { reports: [report({ passed: 1e99 })] }, 400],
    ["/reports", { reports: [report({ lesson: "x".repeat(100) })] }, 400],
    ["/reports", { reports: Array(101).fill(report()) }, 400],
    ["/reports", "x".repeat(MOST_BODY + 1), 413],
    ["/hand", { lesson: 1, text: "" }, 400],
    ["/hand", { lesson: "", text: "x".repeat(501) }, 400],
    ["/hand", { lesson: "", text: "", share: { steps: 1 } }, 400],
  ];
  for (const [path, body, status] of bad) {
    const headers = path === "/join" ? {} : ann.headers;
    const answer = await hall.post(path, body, headers);
    const said = `${path} ${JSON.stringify(body).slice(0, 60)}: ${answer.text}`;
    assertEquals(answer.status, status, said);
    assertEquals(answer.text.trimEnd().split("\n").length, 1, said);
    assert(!/\.ts|\n {4}at /.test(answer.text), said);
  }
  assertEquals((await hall.news("board")).seats.length, 1);
  assertEquals((await ann.tell(report())).status, 200, "and it serves on");
});

Deno.test("each page wants its key, and no other host, origin or method", async () => {
  await using hall = await Hall.open();
  const { token, code } = hall.store;
  const status = async (path: string, init?: RequestInit) =>
    (await hall.ask(path, init)).status;
  assertEquals(await status(`/board?token=${token}`), 200);
  assertEquals(await status(`/room?code=${code.toLowerCase()}`), 200);
  assertEquals(await status(`/board?token=${code}`), 403);
  assertEquals(await status(`/board/export.csv?code=${code}`), 403);
  assertEquals(await status(`/room?token=${token}`), 403);
  assertEquals(await status(`/board?token=${token}`, { method: "PUT" }), 404);
  const origin = { origin: "http://evil.example" };
  assertEquals(
    await status(`/board/lower?token=${token}&learner=1`, {
      method: "POST",
      headers: origin,
    }),
    403,
  );
});

Deno.test("nothing that a learner wrote is markup on a page, or a formula in a table", async () => {
  await using hall = await Hall.open();
  const eve = await hall.learner("=1+1</script>");
  await eve.tell(report({ failed: '=HYPERLINK("x")' }));
  const { token } = hall.store;
  const page = await hall.ask(`/board?token=${token}`);
  assert(!page.text.includes("=1+1"));
  const csv = await hall.ask(`/board/export.csv?token=${token}`);
  assertStringIncludes(csv.text, "\r\n'=1+1</script>,05_sticky_packets,");
  assertStringIncludes(csv.text, '"\'=HYPERLINK(""x"")"');
  const json = await hall.ask(`/board/export.json?token=${token}`);
  const [row] = JSON.parse(json.text);
  assertEquals([row.learner, row.attempt], ["=1+1</script>", 1]);
});

Deno.test("a board is full at some time, and keeps so many reports of a learner", async () => {
  using store = new Store(":memory:");
  const joined = Array.from(
    { length: MOST_LEARNERS },
    (_, i) => store.join(`learner ${i}`, "secret"),
  );
  await Promise.all(joined);
  const refused = await store.join("one more", "secret").catch((error) =>
    error.message
  );
  assertStringIncludes(refused, "full");
  for (let i = 0; i < 102; i++) {
    await store.add(1, Array.from({ length: 100 }, () => report()));
  }
  assertEquals([...store.reports()].length, 9100);
});
