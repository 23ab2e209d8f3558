// this is what a program does that puts SQL together from text
import { SqliteStore } from "@lessons/12_capstone/sqlite_store.ts";
import { decide } from "../../../solutions/12_capstone/decide.ts";
import { openSchool } from "./school.ts";

await openSchool((path) =>
  new SqliteStore(path, (db, wish) => {
    const kept = db.row(
      `SELECT reply FROM replies WHERE student = '${wish.student}' AND id = '${wish.id}'`,
    );
    return kept ? { reply: JSON.parse(String(kept.reply)) } : decide(db, wish);
  })
);
