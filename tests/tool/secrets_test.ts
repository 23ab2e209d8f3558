import { assertEquals, assertStrictEquals } from "@std/assert";
import { runPair } from "../../course/pair.ts";
import { withoutSecrets } from "../../course/wire/secrets.ts";
import { lessons } from "@lessons/catalogue.ts";
import { toBytes } from "../../kit/bytes.ts";
import { startReaper } from "../../kit/reaper.ts";
import { pairIn, solutionFolder } from "@lessons/places.ts";

startReaper();

const cases: [said: string, kept: string][] = [
  ['{"password":"abc","id":"1"}', '{"password":"***","id":"1"}'],
  ['{"ok":{"token" : "a\\"b"}}', '{"ok":{"token" : "****"}}'],
  ['\x05\0\0\0{"token":"你"}', '\x05\0\0\0{"token":"***"}'],
  ['{"password":"cut of', '{"password":"******'],
  ['{"password":5,"passwords":"abc"}', '{"password":5,"passwords":"abc"}'],
];

for (const [said, kept] of cases) {
  Deno.test(`withoutSecrets() keeps ${kept}`, () => {
    assertEquals(withoutSecrets(toBytes(said)), toBytes(kept));
  });
}

Deno.test("withoutSecrets() gives bytes without a secret as they are", () => {
  const bytes = new Uint8Array([0xff, 0, 0x22]);
  assertStrictEquals(withoutSecrets(bytes), bytes);
});

Deno.test("a recorded run of lesson 12 holds no password", async () => {
  const lesson = lessons.find(({ number }) => number === 12);
  if (!lesson) throw new Error("Cannot find lesson 12");
  const run = await runPair(lesson, pairIn(solutionFolder(lesson.name)), {
    which: "exercise",
    isRecorded: true,
    demo: {
      server: [],
      client: ["--user", "anna", "--signup", "timetable"],
      typed: ["correct horse"],
      serverIsDone: "with its client",
    },
  });
  assertEquals(run.isGood, true);
  const text = JSON.stringify(
    run.recordings.map(({ moments }) => moments),
    (_, value) =>
      value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
  );
  assertEquals(text.includes('password\\":\\"***'), true);
  assertEquals(/password\\+":\\+"[^*]/.test(text), false);
  assertEquals(/token\\+":\\+"[^*]/.test(text), false);
});
