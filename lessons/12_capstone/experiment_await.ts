/**
 * Lesson 12, experiment: a transaction that waits in its middle.
 *
 *   deno run lessons/12_capstone/experiment_await.ts
 */
import { Database } from "./sqlite_store.ts";

const db = new Database(":memory:");
db.exec("CREATE TABLE seats (student TEXT)");

async function anna(): Promise<void> {
  db.exec("BEGIN IMMEDIATE");
  db.run("INSERT INTO seats VALUES (?)", "anna");
  await Promise.resolve();
  db.exec("ROLLBACK"); // she has changed her mind
}

function bob(): void {
  db.run("INSERT INTO seats VALUES (?)", "bob");
  console.log("bob is told: you have a seat");
}

const changesHerMind = anna();
bob();
await changesHerMind;
console.log(`seats taken: ${db.rows("SELECT * FROM seats").length}`);

try {
  db.transaction(async () => await Promise.resolve());
} catch (error) {
  console.log(String(error));
}
