/**
 * What a store says without a PostgreSQL. With one it passes the cases of the
 * check: tests/postgres_test.ts.
 *
 * @module
 */
import { assertRejects } from "@std/assert";
import { PostgresStore } from "./postgres_store.ts";

Deno.test("PostgresStore.open() says that nobody is there, and lets go of everything", async () => {
  await assertRejects(
    () => PostgresStore.open("postgres://course@127.0.0.1:1/none"), // a port on which nothing listens
    Error,
    "ECONNREFUSED",
  );
});
