// this is what a program does that looks first and takes later, as if nobody came between
import { SqliteStore } from "@lessons/12_capstone/sqlite_store.ts";
import type { Decision, Wish } from "@lessons/12_capstone/store.ts";
import { decide } from "../../../solutions/12_capstone/decide.ts";
import { openSchool } from "./school.ts";

class Hasty extends SqliteStore {
  override async decide(wish: Wish): Promise<Decision> {
    const courses = await this.courses();
    const course = courses.find(({ code }) => code === wish.course);
    await new Promise((resolve) => setTimeout(resolve, 5)); // a look at something else
    if (wish.op === "drop" || !course || course.left === 0) {
      return await super.decide(wish);
    }
    super.decide(wish); // it was free
    return { reply: { ok: { state: "seated" } } };
  }
}

await openSchool((path) => new Hasty(path, decide));
