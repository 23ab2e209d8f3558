// this is what a program does that counts what is waited for as taken
import { SqliteStore } from "@lessons/12_capstone/sqlite_store.ts";
import { decide } from "../../../solutions/12_capstone/decide.ts";
import { openSchool } from "./school.ts";

await openSchool((path) =>
  new SqliteStore(path, (db, wish) => {
    const waits = db.row(
      `SELECT 1 FROM waiting JOIN slots USING (course)
       WHERE student = ? AND slot IN (SELECT slot FROM slots WHERE course = ?)`,
      ...[wish.student, wish.course],
    );
    if (waits && wish.op === "select") {
      return { reply: { error: "you wait for something else then" } };
    }
    return decide(db, wish);
  })
);
