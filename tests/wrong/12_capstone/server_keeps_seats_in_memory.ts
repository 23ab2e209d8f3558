// this is what a program does that keeps the seats in its memory alone
import { Database } from "@lessons/12_capstone/sqlite_store.ts";
import { openSchool, rightStore } from "./school.ts";

await openSchool((path) => {
  const store = rightStore(path);
  const db = new Database(path); // what an earlier run left of them is not for this one
  db.exec("UPDATE seats SET student = NULL");
  for (const table of ["hours", "waiting", "replies"]) {
    db.exec(`DELETE FROM ${table}`);
  }
  db.close();
  return store;
});
