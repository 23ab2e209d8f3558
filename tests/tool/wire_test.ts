/**
 * The wire view: what is drawn of recorded events, and what the tap records of
 * real programs. That it changes none of them is tried by tap_test.ts.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";
import { root, solutionFolder } from "@lessons/places.ts";
import { evenPorts } from "../../course/picture.ts";
import { type Moment, MOST_CALLS } from "../../course/wire/recording.ts";
import { readRecordings } from "../../course/wire/read.ts";
import { draw } from "../../course/wire/view.ts";
import { Recorder, tapFlags } from "../../course/wire/recorder.ts";
import { completeRecording } from "../../course/wire/witness.ts";
import { writeRecordings } from "../../course/wire/write.ts";
import { LiveLadder } from "../../course/wire/live.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { denoRun, Program } from "../../kit/program.ts";
import { startReaper } from "../../kit/reaper.ts";
import { outputOf, taskArgs } from "./copy.ts";
import { Log, recordingsOf, rows } from "./handwritten.ts";

startReaper();

Deno.test("a recording is read as far as it is one", () => {
  const good = new Log("client").connect().write("hello", 1).text;
  const cut = good.slice(0, -10);
  assertEquals(readRecordings(cut)[0]?.moments.length, 3);
  const hostile = [
    "",
    "not JSON",
    "[]",
    "{}",
    '{"type":"call","seq":1,"at":1,"call":"read","socket":1,"room":1}',
    '{"type":"program","version":9,"side":"client","name":"x","origin":0}',
    '{"type":"program","version":1,"side":"client","name":"x","origin":0}',
    '{"type":"call","seq":1,"at":-1,"call":"read","socket":1,"room":1}',
    '{"type":"call","seq":1,"at":1,"call":"steal","socket":1,"room":1}',
    '{"type":"call","seq":1,"at":1,"call":"read","socket":1,"room":1}',
    '{"type":"call","seq":1,"at":1,"call":"write","socket":1,"size":1}',
    '{"type":"done","seq":7,"at":2,"count":1}',
    '{"type":"done","seq":1,"at":2,"count":"many"}',
    '{"type":"done","seq":1,"at":2,"count":3,"bytes":"!!!!"}',
    '{"type":"failed","seq":1,"at":2,"error":{"name":"X","message":"y"}}',
    '{"type":"print","at":2,"stream":"nowhere","text":"x"}',
    '{"type":"exit","at":2,"code":0}',
    '{"type":"__proto__","at":2}',
    "{".repeat(100_000),
  ].join("\n");
  const [recording, ...others] = readRecordings(hostile);
  assertEquals(others, []);
  assertEquals(
    recording?.moments.map((moment) =>
      "call" in moment ? { ...moment.call } : moment
    ),
    [
      { seq: 1, start: 1, call: "read", socket: 1, room: 1, count: 3, end: 2 },
      { seq: 1, start: 1, call: "read", socket: 1, room: 1, count: 3, end: 2 },
    ],
  );
  assertEquals(rows([hostile]), [
    "read 3: (3 bytes)",
    "the recording ends here",
  ]);
  const flood = new Log("client");
  for (let i = 0; i < 2 * MOST_CALLS; i++) {
    flood.start("accept", { socket: 1 }).end();
  }
  const [most] = readRecordings(flood.text);
  assert((most?.moments.length ?? 0) <= 2 * MOST_CALLS + 3);
});

Deno.test("a recording is written as it was read", () => {
  const address = "127.0.0.1:9";
  const client = new Log("client", 0, "<i").connect().write("\x01\0\0\0é", 1)
    .readEnd(1).start("closeWrite", { socket: 1 }).end()
    .start("read", { socket: 1, room: 9 }).fail("Interrupted", "it was closed")
    .start("write", { socket: 1, size: 100_000 }) // not kept, and never done
    .line("typed", { text: "x", isAfterOthers: true, cue: "done" })
    .wait(-1) // when they were counted is not kept
    .line("skipped", { calls: 4096, bytes: 7 });
  const server = new Log("server", 1795245644010.123)
    .wait(0.125).bind(address).send("to", address).receive("to", address)
    .listen().accept()
    .line("print", { stream: "stderr", text: "\u2028", id: 7, after: [5, 6] })
    .line("typed", {
      text: "",
      isAfterOthers: false,
      cue: { side: "server", line: 2 },
    })
    .line("typed", {
      text: "and",
      isAfterOthers: false,
      cue: {
        ...{ side: "client", line: 1, number: 1 },
        and: { side: "client", line: 1, number: 2, stream: "stderr" },
      },
    })
    .line("signal", { id: 8, after: [] })
    .line("exit", { code: 0, signal: "SIGINT" });
  const linesOf = (text: string): unknown[] =>
    text.trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals(
    linesOf(writeRecordings(recordingsOf(client, server))),
    linesOf(client.text + server.text),
  );
});

Deno.test("the picture is one file that says what it shows", () => {
  const client = new Log("client").connect().write('<&">', 1);
  const { svg } = draw(recordingsOf(client), "a & b");
  assertStringIncludes(svg, "<title>a &amp; b</title>");
  assertMatch(svg, /<desc>[^<]*connect 127\.0\.0\.1:8001/);
  assertStringIncludes(svg, "@media (prefers-color-scheme: dark)");
  assertStringIncludes(svg, "①&lt;&amp;&quot;&gt;");
  assert(!/(href|src|url|@import|<script)/.test(svg));
});

Deno.test("evenPorts() puts the page's ports in place of the system's", () => {
  const at = (port: number) => `127.0.0.1:${port}`;
  const server = new Log("server")
    .start("listen", { transport: "tcp", address: at(0) })
    .end({ socket: 1, local: at(40001) })
    .start("accept", { socket: 1 })
    .end({ socket: 2, local: at(40001), remote: at(51234) })
    .line("print", { stream: "stdout", text: `connected ${at(51234)}` })
    .start("accept", { socket: 1 })
    .end({ socket: 3, local: at(40001), remote: at(51235) });
  const even = evenPorts(recordingsOf(server), 8001);
  assertEquals(writeRecordings(even).match(/(?<=127\.0\.0\.1:)\d+/g), [
    ..."0 8001 8001 54321 54321 8001 54322".split(" "),
  ]);
});

/** A recorded program of the fixtures. */
function startFixture(name: string, tap: readonly string[], ...args: string[]) {
  const file = new URL(`fixtures/${name}.ts`, import.meta.url);
  return Program.start({
    label: name,
    command: denoRun(
      file,
      [
        "--allow-net",
        "--allow-read",
        ...args.map((arg) => `--allow-write=${arg}`),
        ...tap,
      ],
      args,
    ),
    mostOutput: 16 * 1024 * 1024,
  });
}

function callsOf(moments: readonly Moment[]): string[] {
  return moments.flatMap((moment) =>
    moment.type === "start" ? [moment.call.call] : []
  );
}

Deno.test("the tap changes no value, no error and no output of a program", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/out.jsonl`;
    const run = async (tap: readonly string[]) => {
      await using program = startFixture("outcomes", tap, folder);
      const exit = await program.exits();
      return { exit, stdout: program.stdout, stderr: program.stderr };
    };
    const plain = await run([]);
    for (const hasCauses of [true, false]) {
      const how = { hasCauses };
      const tapped = await run(tapFlags(file, "server", "outcomes.ts", how));
      assertEquals(tapped, plain);
    }
    assertEquals(plain.exit.code, 3, plain.stderr);
    const [recording] = readRecordings(await Deno.readTextFile(file));
    assert(recording);
    const kinds = new Set(callsOf(recording.moments));
    assertEquals(kinds.size, 10, [...kinds].join());
    const { moments } = recording;
    const printed = moments.flatMap((m) => m.type === "print" ? [m.text] : []);
    assertEquals(
      printed.join("\n"),
      `${
        plain.stdout.trimEnd().replace(/\nas bytes$/, "")
      }\non stderr\nas bytes`,
    );
    const last = moments.at(-1);
    assertEquals(last?.type === "exit" && last.code, 3);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a killed program leaves what it did until then", async () => {
  using recorder = new Recorder();
  const flags = recorder.flags("server", "server.ts");
  await using program = startFixture("waits_for_ever", flags);
  const line = await program.line("its ready line");
  using client = await Deno.connect({ port: Number(line.split(":").at(-1)) });
  await program.line("waiting");
  await client.read(new Uint8Array(100));
  await program.end();
  const [recorded] = recorder.read();
  assert(recorded);
  const told = rows([completeRecording(recorded, program)]);
  assertEquals(told.slice(-3), [
    "◀── write 13: ①say something",
    "prints: waiting",
    "ended by SIGKILL  still waiting: read",
  ]);
});

Deno.test("a flood leaves its beginning, and counts", async () => {
  using recorder = new Recorder();
  await using program = startFixture(
    "floods",
    recorder.flags("server", "floods.ts"),
  );
  await program.exited;
  const [recorded] = recorder.read();
  assert(recorded);
  const recording = completeRecording(recorded, program);
  const text = writeRecordings([recording]);
  assert(text.length < 10_000_000, `${text.length} bytes`);
  assertEquals(readRecordings(text)[0]?.skipped, recording.skipped);
  assertEquals(callsOf(recording.moments).length, MOST_CALLS);
  assert(recording.skipped.calls >= 8192);
  const told = rows([recording]);
  assert(told.length < 220, `${told.length} rows`);
  assert(
    told.includes("write 100000: ①(100000 bytes) ──▶") ||
      told.some((row) => row.includes("write 100000: ①(100000 bytes)")),
  );
});

Deno.test("a program that never began is shown with its last words", () => {
  const told = rows([
    completeRecording({ side: "server", name: "server.ts" }, {
      stdout: "",
      stderr: "error: no such module\n",
      exit: { code: 1, signal: null },
    }),
  ]);
  assertEquals(told, [
    "prints on stderr: error: no such module",
    "ends with exit code 1",
  ]);
});

Deno.test("what the tap did not see printed is added before the end", () => {
  const [recording] = recordingsOf(
    new Log("client")
      .line("print", { stream: "stdout", text: "seen" })
      .line("exit", { code: 0, signal: null }),
  );
  assert(recording);
  const told = rows([
    completeRecording({ side: "client", name: "client.ts", recording }, {
      stdout: "seen\nunseen\nseen\n",
      stderr: "",
      exit: { code: 0, signal: null },
    }),
  ]);
  assertEquals(told, [
    "prints: seen",
    "prints: unseen",
    "prints: seen",
    "ends with exit code 0",
  ]);
});

Deno.test("text stands where it was printed when it brings its own line feed or comes in pieces", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/out.jsonl`;
    const tap = tapFlags(file, "server", "prints.ts");
    await using program = startFixture("prints", tap, folder);
    const exit = await program.exits();
    const [recording] = readRecordings(await Deno.readTextFile(file));
    assert(recording);
    const { stdout, stderr } = program;
    const told = rows([
      completeRecording({ side: "server", name: "prints.ts", recording }, {
        ...{ stdout, stderr, exit },
      }),
    ]);
    assertEquals(told.map((row) => row.replace(/:\d+$/, "")), [
      "prints: with its line feed",
      "prints:",
      "prints: peer> hello",
      "prints: with CR",
      "prints: begun",
      "listen 127.0.0.1",
      "prints:  and ended",
      "close the listener",
      "prints: open to the end",
      "ends with exit code 0",
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a live ladder prints a row once it is certain, and each row once", () => {
  const printed: string[] = [];
  const live = new LiveLadder((line) => printed.push(stripAnsiCode(line)));
  const server = new Log("server").listen();
  const client = new Log("client");
  const update = (now: number) =>
    live.update(() => recordingsOf(client, server), now);
  const has = (words: string) => printed.some((line) => line.includes(words));

  client.wait(10).connect();
  server.wait(10).accept();
  update(60);
  assert(has("client.ts") && !has("listen"), "nothing is certain yet");
  client.wait(200).write("hi", 1); // at 215
  update(400);
  assert(has("accept") && !has("write"), "a write waits for its reader");
  server.wait(300).read("hi", 2); // at 316
  update(500);
  assert(has("write") && has("read 2"));
  client.wait(300).write("never read", 1);
  update(600);
  assert(!has("write 10"));
  update(1600);
  assert(has("write 10"), "but not for ever");

  for (const program of [client, server]) {
    program.wait(2000).line("exit", { code: 0, signal: null });
  }
  const recordings = recordingsOf(client, server);
  live.end(recordings);
  const whole = stripAnsiCode(draw(recordings, "all").text).split("\n");
  assertEquals(printed, whole);
});

/** Runs a command of the tool in a folder, as `deno task` does. */
async function command(folder: string, name: string, ...args: string[]) {
  return await outputOf(
    new Deno.Command(Deno.execPath(), {
      args: taskArgs(name, ...args),
      cwd: root,
      env: { NO_COLOR: "1", INIT_CWD: folder },
      stdin: "null",
    }),
  );
}

Deno.test("a run that is kept is shown again, and becomes a picture", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const run = await command(folder, "lesson", "1", "--save", "run.jsonl");
    assertEquals([run.code, run.stderr], [0, ""]);
    const [, ladder = "", said = ""] = /^.*?\n\n(.*\n)\n(wrote .*)$/s
      .exec(run.stdout) ?? [];
    assertMatch(said, /run\.jsonl: a recording, for deno task wire\n$/);
    const again = await command(folder, "wire", "run.jsonl");
    assertEquals(again, { code: 0, stdout: ladder, stderr: "" });
    const drawn = await command(folder, "wire", "run.jsonl", "--save", "r.svg");
    assertEquals([drawn.code, drawn.stderr], [0, ""]);
    assertMatch(drawn.stdout, /^wrote .*r\.svg: a picture\n$/);
    assertStringIncludes(await Deno.readTextFile(`${folder}/r.svg`), "</svg>");
    await command(folder, "wire", "run.jsonl", "--save", "r.html");
    const page = await Deno.readTextFile(`${folder}/r.html`);
    assertStringIncludes(page, "<title>run.jsonl, on the wire</title>");

    await command(folder, "lesson", "6", "--save", "framed.jsonl");
    const framed = await command(folder, "wire", "framed.jsonl");
    assertStringIncludes(framed.stdout, "①[length 5] hello");

    await Deno.writeTextFile(`${folder}/other.jsonl`, "hello\n");
    const bad: [string[], number, string][] = [
      [["wire"], 2, "error: which recording? usage: deno task wire"],
      [["wire", "a.txt"], 2, "error: wire needs a file that ends in .jsonl"],
      [["wire", "none.jsonl"], 1, "no such file"],
      [["wire", "other.jsonl"], 1, "is not a recording"],
      [["wire", "run.jsonl", "more"], 2, "one word too many"],
      [["wire", "run.jsonl", "--save", "x.png"], 2, "error: --save needs"],
      [["lesson", "1", "--save", "x.png"], 2, "error: --save needs"],
      [["lesson", "1", "--page", "--plain"], 2, "exclude each other"],
      [["lesson", "1", "--save", "no/x.svg"], 1, "error: cannot write"],
      [["lesson", "1", "--save", "x.svg", "--plain"], 2, "exclude each other"],
      [["check", "1", "--wire"], 2, "error: --wire shows one case"],
    ];
    for (const [[name = "", ...args], code, message] of bad) {
      const result = await command(folder, name, ...args);
      assertEquals(result.code, code, `${name} ${args}: ${result.stderr}`);
      assertStringIncludes(result.stderr, message);
      assertEquals(result.stderr.trimEnd().split("\n").length, 1);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("check --wire shows the case that failed, the check at the other side", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const answers = `${folder}/01_single_shot`;
    await Deno.mkdir(answers);
    const solution = fromFileUrl(solutionFolder("01_single_shot"));
    await Deno.copyFile(`${solution}client.ts`, `${answers}/client.ts`);
    await Deno.copyFile(
      new URL(
        "../wrong/01_single_shot/server_counts_characters.ts",
        import.meta.url,
      ),
      `${answers}/server.ts`,
    );
    const result = await command(
      folder,
      "check",
      ...["1", "--answers", ".", "--case", "2", "--wire"],
    );
    assertEquals(result.code, 1, result.stderr);
    for (
      const part of [
        "on the wire:     deno task check 1 --case 2 --answers . --wire\n",
        " the check ",
        " your server\n",
        " read 9: 你好 ı │\n",
        "write 39: ①4 bytes from",
      ]
    ) assertStringIncludes(result.stdout, part);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
