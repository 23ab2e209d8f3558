/**
 * Lesson 12: how many selections a second, and how long somebody else waits
 * for a `ping` while 200 storm.
 *
 *   deno run -A tests/bench/selection.ts
 *
 * The solution, and the answer in Python (`socketserver`, `sqlite3`) beside it,
 * both with `synchronous = FULL`: 200 students, each over a connection of their
 * own, select and drop a course of 30 seats again and again.
 *
 * @module
 */
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { denoRun, Program } from "../../kit/program.ts";
import { python } from "../../kit/python.ts";
import { startReaper } from "../../kit/reaper.ts";
import { root } from "@lessons/places.ts";
import { WorkingFolder } from "../../kit/working_folder.ts";

const STUDENTS = 200;
const ROUNDS = 10;
const PASSWORD = "correct horse";

/** A connection on which one request after another is asked. */
class Caller {
  #count = 0;
  readonly #frames: FrameReader;
  token = "";

  constructor(readonly conn: Deno.Conn) {
    this.#frames = new FrameReader(conn);
  }

  async ask(fields: Record<string, unknown>): Promise<unknown> {
    const id = `${++this.#count}`;
    const text = JSON.stringify({ id, ...fields, token: this.token });
    await writeFrame(this.conn, new TextEncoder().encode(text));
    while (true) {
      const payload = await this.#frames.readFrame();
      if (payload === null) {
        throw new Error("The server has closed a connection");
      }
      const reply = JSON.parse(new TextDecoder().decode(payload));
      if (reply.id === id) return reply.ok;
    }
  }

  async enter(op: string, name: string): Promise<void> {
    const who = await this.ask({ op, name, password: PASSWORD });
    if (who instanceof Object && "token" in who) this.token = String(who.token);
  }
}

async function measure(name: string, command: [string, ...string[]]) {
  using folder = WorkingFolder.make();
  await using server = Program.start({
    ...{ label: name, command, folder: folder.path },
    mostOutput: 2 ** 24,
  });
  await server.type(`${PASSWORD}\n`);
  const ready = await server.line("its ready line");
  const port = Number(ready.split(":").at(-1));
  const connect = async () => new Caller(await Deno.connect({ port }));

  const admin = await connect();
  await admin.enter("login", "root");
  await admin.ask({ op: "add_teacher", name: "Ms Frame", password: PASSWORD });
  await admin.ask({
    ...{ op: "add_course", code: "NET", title: "Networks" },
    ...{ teacher: "Ms Frame", seats: 30, slots: ["mon-1"] },
  });
  await admin.ask({ op: "open" });
  const students: Caller[] = [];
  for (let i = 0; i < STUDENTS; i++) {
    const student = await connect();
    await student.enter("signup", `student ${i + 1}`);
    students.push(student);
  }

  let isOver = false;
  const pings: number[] = [];
  const pinging = (async () => {
    while (!isOver) {
      const begun = performance.now();
      await admin.ask({ op: "ping" });
      pings.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  })();
  const begun = performance.now();
  await Promise.all(students.map(async (student) => {
    for (let round = 0; round < ROUNDS; round++) {
      await student.ask({ op: "select", course: "NET" });
      await student.ask({ op: "drop", course: "NET" });
    }
  }));
  const seconds = (performance.now() - begun) / 1000;
  isOver = true;
  await pinging;
  for (const { conn } of [admin, ...students]) conn.close();
  pings.sort((a, b) => a - b);
  const ping = pings[Math.floor(pings.length * 0.99)] ?? 0;
  const rate = 2 * ROUNDS * STUDENTS / seconds;
  console.log(
    `${name}: ${Math.round(rate)} decisions a second; ping ${
      ping.toFixed(1)
    } ms at the 99th percentile of ${pings.length}`,
  );
  return rate;
}

startReaper();
const args = ["--port", "0", "--admin", "root", "--cost", "2"];
const ours = new URL("solutions/12_capstone/server.ts", root);
const theirs = new URL("tests/python/12_capstone/answer_server.py", root);
const files = ["--allow-read=school.db", "--allow-write=school.db"];
const a = await measure(
  "solution",
  denoRun(ours, ["--allow-net=127.0.0.1", ...files], args),
);
const b = await measure("Python  ", [python(), fromFileUrl(theirs), ...args]);
console.log(`ratio: ${(a / b).toFixed(1)}`);
Deno.exit();
