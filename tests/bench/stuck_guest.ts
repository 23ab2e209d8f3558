/**
 * What one guest who does not read costs the others in lesson 08's room: how
 * long 50 guests' lines take to reach all of them, with him and without, and
 * how much memory he makes the server keep.
 *
 *   deno run -A tests/bench/stuck_guest.ts [--rounds 10]
 *
 * Linux only: it reads the server's memory in `/proc`.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { pairIn, solutionFolder } from "@lessons/places.ts";
import { denoRun, Program } from "../../kit/program.ts";
import { memoryOf } from "./memory_of.ts";

const GUESTS = 50;

/** What each of them says, again and again. */
const LINE = `${"a".repeat(1000)}\n`;

/** How often: more all told than the system keeps for who does not read. */
const TIMES = 120;

const { rounds = "10" } = parseArgs(Deno.args, { string: ["rounds"] });

const times: number[][] = [[], []];
for (let round = 0; round < Number(rounds); round++) {
  for (const isStuck of [false, true]) {
    const { ms, kib } = await measure(isStuck);
    times[Number(isStuck)]?.push(ms);
    console.log(
      `${isStuck ? "with one who does not read" : "all read"}: ${
        ms.toFixed(0)
      } ms, ${kib} KiB more at the end`,
    );
  }
}
const [all = 0, stuck = 0] = times.map((list) =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]
);
console.log(`ratio of the middle ones: ${(stuck / all).toFixed(2)}`);

/** One room: everybody talks until all have heard everybody. */
async function measure(isStuck: boolean): Promise<{ ms: number; kib: number }> {
  const { server } = pairIn(solutionFolder("08_concurrent_server"));
  await using program = Program.start({
    label: "the server",
    command: denoRun(server, ["--allow-net=127.0.0.1"], ["--port", "0"]),
  });
  const port = Number((await program.line("its ready line")).split(":").at(-1));
  const conns: Deno.Conn[] = [];
  for (let i = 0; i < GUESTS + (isStuck ? 1 : 0); i++) {
    const conn = await Deno.connect({ port });
    await conn.write(new TextEncoder().encode(`guest${i}\n`));
    await readUntil(conn, (text) => text.includes("* in the room:"));
    conns.push(conn);
  }
  const talkers = conns.slice(-GUESTS); // the stuck one came first
  const before = memoryOf(program.pid);
  const start = performance.now();
  for (let i = 0; i < TIMES; i++) {
    await Promise.all(talkers.map(async (conn) => {
      let heard = 0;
      const hearing = readUntil(conn, (text) => {
        heard += text.split("]").length - 1;
        return heard === GUESTS - 1;
      });
      await conn.write(new TextEncoder().encode(LINE));
      await hearing;
    }));
  }
  const ms = performance.now() - start;
  const kib = memoryOf(program.pid) - before;
  for (const conn of conns) conn.close();
  return { ms, kib };
}

/** Reads until what comes is enough. */
async function readUntil(
  conn: Deno.Conn,
  isEnough: (text: string) => boolean,
): Promise<void> {
  const buffer = new Uint8Array(64 * 1024);
  while (true) {
    const count = await conn.read(buffer);
    if (count === null) throw new Error("the server closed a connection");
    const text = new TextDecoder().decode(buffer.subarray(0, count));
    if (isEnough(text)) return;
  }
}
