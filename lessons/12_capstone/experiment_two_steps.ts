/**
 * Lesson 12, experiment: 200 ask for 30 seats, looked at first and taken later.
 *
 *   deno run lessons/12_capstone/experiment_two_steps.ts
 */
import { Database } from "./sqlite_store.ts";

for (const isOneStep of [false, true]) {
  const db = new Database(":memory:");
  db.exec("CREATE TABLE seats (student TEXT)");
  const look = () =>
    Number(db.row("SELECT count(*) AS taken FROM seats")?.taken);
  const take = (student: string) =>
    db.run("INSERT INTO seats VALUES (?)", student);

  await Promise.all(Array.from({ length: 200 }, async (_, i) => {
    const student = `student ${i + 1}`;
    if (isOneStep) {
      db.transaction(() => look() < 30 && take(student));
      return;
    }
    const isFree = look() < 30;
    await Promise.resolve(); // anything that waits: a log, another query
    if (isFree) take(student);
  }));
  const how = isOneStep ? "in one transaction" : "in two steps      ";
  console.log(`${how}: ${look()} of 30 seats are sold`);
}
