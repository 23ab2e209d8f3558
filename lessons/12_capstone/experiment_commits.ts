/**
 * Lesson 12, experiment: what a durable commit costs, alone and shared.
 *
 *   deno run --allow-read=commits.db --allow-write=commits.db lessons/12_capstone/experiment_commits.ts
 */
import { Database } from "./sqlite_store.ts";

const COUNT = 1000;

const db = new Database("commits.db");
db.exec("CREATE TABLE IF NOT EXISTS seats (student TEXT)");

for (const together of [1, 10, 100]) {
  const begun = performance.now();
  for (let i = 0; i < COUNT; i += together) {
    db.transaction(() => {
      for (let j = 0; j < together; j++) {
        db.run("INSERT INTO seats VALUES (?)", `student ${i + j}`);
      }
    });
  }
  const ms = Math.round(performance.now() - begun);
  console.log(`${COUNT} seats, ${together} a commit: ${ms} ms`);
}
db.close();
Deno.removeSync("commits.db");
