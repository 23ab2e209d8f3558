/**
 * Sends what waits in the outbox; a check starts this in the background.
 *
 * It ends when nothing waits any more, when the board does not take it, and
 * after a few seconds in any case.
 *
 * @module
 */
import { postToBoard } from "./ask.ts";
import { outbox, readMembership, waiting } from "./member.ts";
import { MOST_REPORTS } from "./report.ts";

/** How long this program lives at most, in milliseconds. */
const LIFE_MS = 5000;

setTimeout(() => Deno.exit(1), LIFE_MS);

// One at a time: whoever comes next finds what has been written meanwhile.
using lock = await Deno.open(new URL("lock", outbox), {
  create: true,
  write: true,
});
await lock.lock(true);

while (true) {
  const membership = await readMembership();
  const files = waiting().slice(0, MOST_REPORTS);
  if (!membership || files.length === 0) break;
  const reports = files.map((file) => JSON.parse(Deno.readTextFileSync(file)));
  const { origin } = membership;
  const { status } = await postToBoard(
    origin,
    "/reports",
    { reports },
    membership,
  );
  if (status !== 200 && status !== 400) break; // it may take them another time
  for (const file of files) Deno.removeSync(file); // taken, or never to be taken
}
Deno.exit(0);
