import { assertEquals } from "@std/assert";
import { blocksUnder, nearest } from "../../course/board/known.ts";
import { Room } from "../../course/board/room.ts";
import { loadCheck } from "../../course/checking.ts";
import { lessons } from "@lessons/catalogue.ts";
import { known, report } from "./hall.ts";

const LESSON = "05_sticky_packets";

async function room(): Promise<Room> {
  const room = new Room(await known());
  room.add(1, "ann");
  return room;
}

/** Two cases of lesson 05's check, and a misunderstanding that the first brings to light. */
async function twoCases() {
  const lesson = lessons.find(({ name }) => name === LESSON);
  if (!lesson) throw new Error("Cannot test: there is no lesson 05");
  const { cases } = await loadCheck(lesson);
  const first = cases.find(({ known = [] }) => known.length > 0);
  const other = cases.find((one) => one !== first);
  const says = first?.known?.[0]?.says;
  if (!first || !other || says === undefined) throw new Error("Cannot test");
  return { failed: first.name, other: other.name, says };
}

Deno.test("a room counts the same failure in a row, and begins anew with another", async () => {
  const hall = await room();
  const { failed, other, says } = await twoCases();
  const standing = () => hall.seat(1, false)?.lessons[LESSON];
  for (const at of [10, 20, 30]) {
    hall.apply(1, report({ at, failed, misunderstanding: says }));
  }
  assertEquals([standing()?.same, standing()?.since], [3, 10]);
  assertEquals(standing()?.attempts, 3);
  hall.apply(1, report({ at: 40, failed: other }));
  assertEquals([standing()?.same, standing()?.since], [1, 40]);
  assertEquals(standing()?.seen.length, 1, "it was seen all the same");
});

Deno.test("what has passed stays passed, also where an older report comes late", async () => {
  const hall = await room();
  const { failed } = await twoCases();
  hall.apply(1, report({ at: 50, isWhole: true, passed: 36 }));
  hall.apply(1, report({ at: 20, failed }));
  hall.apply(1, report({ at: 60, failed }));
  const standing = hall.seat(1, false)?.lessons[LESSON];
  assertEquals(standing?.passedAt, 50);
  assertEquals(standing?.at, 60);
  assertEquals(standing?.reached, 1);
});

Deno.test("a room believes nothing that the course does not know", async () => {
  const hall = await room();
  hall.apply(1, report({ lesson: "<b>99_none</b>" }));
  hall.apply(
    1,
    report({ failed: "<script>", misunderstanding: "you are stupid" }),
  );
  hall.apply(7, report({}));
  const seat = hall.seat(1, true);
  assertEquals(Object.keys(seat?.lessons ?? {}), [LESSON]);
  const { failed, idea, seen } = seat?.lessons[LESSON] ?? {};
  assertEquals([failed, idea, seen], [undefined, undefined, []]);
});

Deno.test("nobody is named where nobody is to be named, and a question is for the instructor", async () => {
  const hall = await room();
  const hand = { lesson: LESSON, text: "why?" };
  hall.raise(1, hand, 5);
  assertEquals(hall.seats(false), [
    { id: 1, lessons: {}, hand: { lesson: LESSON, at: 5 } },
  ]);
  assertEquals(hall.seat(1, true)?.name, "ann");
  assertEquals(hall.seat(1, true)?.asks, { text: "why?" });
  hall.apply(1, report({ isWhole: true }));
  assertEquals(hall.seat(1, true)?.hand, undefined, "it has passed");
});

Deno.test("each misunderstanding of the course has a paragraph of its section", async () => {
  const { ideas } = await known();
  const without = ideas.filter(({ paragraph }) => paragraph === "");
  assertEquals(without.map(({ page, heading }) => `${page} ${heading}`), []);
});

Deno.test("blocksUnder() gives what stands under a heading, and nearest() what has the same words", () => {
  const page =
    "# A\n\n## B\n\nOne *read*.\n\n- an item\n\n| what | why |\n| - | - |\n| left | right |\n\n### C\n\nmore\n\n## D\n\nnot this\n";
  assertEquals(blocksUnder(page, "B"), [
    "One read.",
    "an item",
    "what – why",
    "left – right",
    "more",
  ]);
  assertEquals(blocksUnder(page, "E"), []);
  const texts = ["bytes of lines", "decodes each chunk alone", "each chunk"];
  const says = "this is what a program does that decodes each chunk on its own";
  assertEquals(nearest(says, texts), 1);
  assertEquals(nearest(says, ["nothing"]), undefined);
});
