// one listener for a connection, which hands each answer to whoever waits for it
import {
  explain,
  formatAddress,
  numberOf,
  runClient,
  typedLines,
} from "@lessons/program.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";

const flags = { timeout: "MS", tries: "N", heartbeat: "MS" } as const;

await runClient({ port: 8009, flags }, async ({ address, flag }) => {
  const time = { least: 1, most: 3_600_000 };
  const timeout = numberOf("timeout", flag("timeout") ?? "1000", time);
  const tries = numberOf("tries", flag("tries") ?? "3", {
    least: 1,
    most: 100,
  });
  const given = flag("heartbeat");
  const heartbeat = given ? numberOf("heartbeat", given, time) : 0;

  let conn: Deno.Conn | undefined;
  let isLost = Promise.withResolvers<"lost">();
  let silent = 0;
  const waiting = new Map<string, (text: string) => void>();
  const say = (text: string) =>
    conn && writeAll(conn, new TextEncoder().encode(`${text}\n`));
  const listen = async (from: Deno.Conn, lost: typeof isLost) => {
    try {
      for await (const line of readLines(from, 300_000)) {
        if (line === "pong") silent = 0;
        const blank = line.indexOf(" ");
        waiting.get(line.slice(0, blank))?.(line.slice(blank + 1));
      }
    } catch {
      // it is lost, in another way
    }
    from[Symbol.dispose]();
    if (conn === from) conn = undefined;
    lost.resolve("lost");
  };
  const open = async (signal: AbortSignal): Promise<"lost" | undefined> => {
    if (conn) return;
    try {
      conn = await Deno.connect({ ...address, signal });
    } catch (error) {
      if (signal.aborted || !explain(error, "")) throw error;
      return "lost";
    }
    isLost = Promise.withResolvers();
    listen(conn, isLost);
    return;
  };

  let count = 0;
  let hasFailed = false;
  for await (const line of typedLines()) {
    const id = String(++count);
    const ring = new AbortController();
    const rings = Promise.withResolvers<"late">();
    const timer = setTimeout(() => {
      rings.resolve("late");
      ring.abort();
    }, timeout);
    const answered = Promise.withResolvers<{ text: string }>();
    waiting.set(id, (text) => answered.resolve({ text }));
    const ask = async () => {
      let longest = 100;
      for (let tried = 1;; tried++) {
        let outcome: "lost" | "late" | { text: string } | undefined;
        outcome = await open(ring.signal).catch(() => "late" as const);
        if (!outcome) {
          silent = 0;
          say(`${id} ${line}`)?.catch(() => {});
          const pinger = heartbeat && setInterval(() => {
            if (silent++ === 3) return conn?.close();
            say("ping")?.catch(() => {});
          }, heartbeat);
          outcome = await Promise.race([
            answered.promise,
            isLost.promise,
            rings.promise,
          ]);
          clearInterval(pinger || undefined);
        }
        if (outcome === "late") return { how: `within ${timeout} ms` };
        if (outcome !== "lost") return outcome;
        if (tried === tries) return { how: `after ${tries} tries` };
        const pause = longest - Math.random() * longest / 2;
        longest *= 2;
        const isOver = await Promise.race([
          rings.promise,
          new Promise((resolve) => setTimeout(resolve, pause)),
        ]);
        if (isOver === "late") return { how: `within ${timeout} ms` };
      }
    };
    const result = await ask();
    clearTimeout(timer);
    waiting.delete(id);
    if ("how" in result) {
      console.error(
        `error: no answer to line ${id} from ${
          formatAddress(address)
        } ${result.how}`,
      );
      hasFailed = true;
    } else if (result.text.startsWith("error: ")) {
      console.error(`error: line ${id}: ${result.text.slice(7)}`);
      hasFailed = true;
    } else console.log(result.text);
  }
  conn?.close();
  if (hasFailed) Deno.exit(1);
});
