// this is what a program does that answers before the disk has what it says
import { SqliteStore } from "@lessons/12_capstone/sqlite_store.ts";
import type { Decision, Wish } from "@lessons/12_capstone/store.ts";
import { decide } from "../../../solutions/12_capstone/decide.ts";
import { openSchool } from "./school.ts";

/** How many seats it believes there are; the disk hears of it later. */
const free = new Map<string, number>();

class Early extends SqliteStore {
  override async decide(wish: Wish): Promise<Decision> {
    const [course] = (await this.courses())
      .filter(({ code }) => code === wish.course);
    const left = free.get(wish.course) ?? course?.left ?? 0;
    if (wish.op === "drop" || left <= 0) return await super.decide(wish);
    free.set(wish.course, left - 1);
    setTimeout(() => super.decide(wish), 20);
    return { reply: { ok: { state: "seated" } } };
  }
}

await openSchool((path) => new Early(path, decide));
