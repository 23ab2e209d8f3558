/**
 * Lesson 12, experiment: a name that is SQL.
 *
 *   deno run lessons/12_capstone/experiment_quotes.ts
 */
import { Database } from "./sqlite_store.ts";

const db = new Database(":memory:");
const name = "x'); DELETE FROM people; --";

db.exec("CREATE TABLE people (name TEXT)");
db.run("INSERT INTO people VALUES (?)", "O'Brien");
db.run("INSERT INTO people VALUES (?)", name);
console.log(db.rows("SELECT name FROM people").map((row) => row.name));

db.exec(`INSERT INTO people VALUES ('${name}')`); // text put together
console.log(db.rows("SELECT name FROM people").map((row) => row.name));
