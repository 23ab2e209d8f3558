/**
 * A class board over a long day: what memory and file do while 300 learners
 * report once a second for an hour, and whether bad posts of every kind harm it.
 *
 *   deno run -A tests/bench/board_hour.ts [MINUTES] [BAD POSTS]
 *
 * The reports go to the store and the room as fast as they are taken; the bad
 * posts go through HTTP.
 *
 * @module
 */
import { lessons } from "@lessons/catalogue.ts";
import { loadCheck } from "../../course/checking.ts";
import { Room } from "../../course/board/room.ts";
import { Store } from "../../course/board/store.ts";
import { Random } from "../../kit/random.ts";
import { Hall, known, report } from "../board/hall.ts";

const LEARNERS = 300;
const [minutes = "60", bad = "10000"] = Deno.args;
const random = new Random(7);

const folder = await Deno.makeTempDir();
const cases = await Promise.all(
  lessons.map(async (lesson) => ({
    lesson: lesson.name,
    names: (await loadCheck(lesson)).cases.map(({ name }) => name),
  })),
);

function mebibytes(): string {
  return `${Math.round(Deno.memoryUsage().rss / 2 ** 20)} MiB`;
}

{
  using store = new Store(`${folder}/board.sqlite`);
  const room = new Room(await known());
  for (let i = 1; i <= LEARNERS; i++) {
    const { id } = await store.join(`learner ${i}`, crypto.randomUUID());
    room.add(id, `learner ${i}`);
  }
  for (let minute = 0; minute <= Number(minutes); minute++) {
    if (minute % 10 === 0) {
      console.log(`after ${minute} minutes: ${mebibytes()}`);
    }
    for (let second = 0; second < 60; second++) {
      await Promise.all(Array.from({ length: LEARNERS }, async (_, i) => {
        const { lesson, names } = random.pick(cases);
        const one = report({ lesson, failed: random.pick(names) });
        for (const added of await store.add(i + 1, [one])) {
          room.apply(i + 1, added);
        }
      }));
    }
  }
  const { size } = await Deno.stat(`${folder}/board.sqlite`);
  console.log(`the file has ${Math.round(size / 2 ** 20)} MiB`);
}
{
  const begun = performance.now();
  await using _hall = await Hall.open(`${folder}/board.sqlite`);
  console.log(
    `started again within ${Math.round(performance.now() - begun)} ms`,
  );
}
await Deno.remove(folder, { recursive: true });

await using hall = await Hall.open();
const ann = await hall.learner("ann");
const pieces: unknown[] = [
  null,
  [],
  {},
  "",
  "x".repeat(70_000),
  { reports: null },
  { reports: [[]] },
  { reports: Array(200).fill({}) },
  { code: "AAAAAAAA", nickname: "eve", secret: "x".repeat(20) },
  { code: {}, nickname: "\u0000", secret: [] },
  { lesson: "../../etc/passwd", text: "<script>alert(1)</script>" },
  '{"reports":[{"at":1e400}]}',
  "{".repeat(10_000),
  "\ud800",
];
const paths = ["/join", "/reports", "/hand", "/board/lower", "/none", "/"];
const counts = new Map<number, number>();
for (let i = 0; i < Number(bad); i += 50) {
  await Promise.all(Array.from({ length: 50 }, async () => {
    const headers: Record<string, string> = random.between(0, 1) === 0
      ? ann.headers
      : { authorization: "Bearer x", "x-nickname": "%" };
    const { status } = await hall.post(
      random.pick(paths),
      random.pick(pieces),
      headers,
    );
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }));
}
const kinds = [...counts].map(([status, count]) => `${count} × ${status}`);
console.log(`bad posts: ${kinds.join(", ")}; ${mebibytes()}`);
const { seats } = await hall.news("board");
console.log(`learners: ${seats.length}`);
await new Promise((done) => setTimeout(done, 1000));
console.log(`a good one after them: ${(await ann.tell(report())).status}`);
