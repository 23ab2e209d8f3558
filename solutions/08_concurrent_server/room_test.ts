import { assert, assertEquals, assertFalse } from "@std/assert";
import { type Guest, Room } from "./room.ts";

/** Keeps what it hears, up to so many lines. */
class Listener implements Guest {
  readonly heard: string[] = [];
  isGone = false;

  constructor(readonly name: string, readonly most = Infinity) {}

  hear(line: Uint8Array): boolean {
    if (this.heard.length === this.most) return false;
    this.heard.push(new TextDecoder().decode(line));
    return true;
  }

  letGo(): void {
    this.isGone = true;
  }
}

Deno.test("Room tells who is there, who comes, what is said and who leaves", () => {
  const room = new Room();
  const [anna, bob] = [new Listener("Anna"), new Listener("bob")];
  for (const guest of [anna, bob]) room.enter(guest);
  assert(room.has("aNNA"));
  room.tell("[bob] hello", bob);
  room.leave(bob);
  room.leave(bob);
  assertFalse(room.has("bob"));
  assertEquals(bob.heard, ["* in the room: Anna\n"]);
  assertEquals(anna.heard, [
    "* in the room: \n",
    "* bob has come\n",
    "[bob] hello\n",
    "* bob has left\n",
  ]);
});

Deno.test("Room lets go who has no room for a line, and the others hear of it behind that line", () => {
  const room = new Room();
  const guests = [
    new Listener("anna"),
    new Listener("bob", 3),
    new Listener("carl", 2),
    new Listener("dora"),
  ];
  for (const guest of guests) room.enter(guest);
  room.tell("[anna] hello", guests[0]);
  assertEquals(guests.map(({ isGone }) => isGone), [false, true, true, false]);
  assertEquals(guests[3]?.heard, [
    "* in the room: anna, bob, carl\n",
    "[anna] hello\n",
    "* bob has left (too slow)\n",
    "* carl has left (too slow)\n",
  ]);
});
