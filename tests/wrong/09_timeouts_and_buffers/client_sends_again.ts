// this is what a program does that takes its time-out for proof that nothing was done
import {
  DeadlineError,
  within,
} from "@lessons/09_timeouts_and_buffers/deadline.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { openClient } from "./jobs.ts";

await openClient(async (request, id, { address, timeout, tries }) => {
  for (let count = 1; count <= tries; count++) {
    using conn = await Deno.connect(address);
    await writeLine(conn, request);
    try {
      const next = readLines(conn).next();
      const { value } = await within(timeout, "answer", conn, next);
      if (value) return value.slice(id.length + 1);
    } catch (error) {
      if (!(error instanceof DeadlineError)) throw error;
      console.error(
        `error: no answer to line ${id} from ${address.hostname}:${address.port} within ${timeout} ms`,
      );
    }
  }
  return { how: "" };
});
