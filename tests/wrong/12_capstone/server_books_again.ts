// this is what a program does that takes a request that comes again for a new one
import { SqliteStore } from "@lessons/12_capstone/sqlite_store.ts";
import { decide } from "../../../solutions/12_capstone/decide.ts";
import { openSchool } from "./school.ts";

await openSchool((path) =>
  new SqliteStore(
    path,
    (db, wish) => decide(db, { ...wish, id: crypto.randomUUID() }),
  )
);
