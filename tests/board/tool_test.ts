/**
 * The board as an instructor and learners have it: through the commands.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { byClock, guard } from "../../kit/guard.ts";
import { TextLineStream } from "@std/streams/text-line-stream";
import { Copy, outputOf, type Result } from "../tool/copy.ts";
import { Hall } from "./hall.ts";

/** A command of the copy, as `deno task` runs it. */
function command(copy: Copy, name: string, ...args: string[]): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--lock=deno.lock",
      name === "check" ? "-P" : "-P=class",
      `course/commands/${name}.ts`,
      ...args,
    ],
    cwd: copy.folder,
    env: {
      NO_COLOR: "1",
      INIT_CWD: copy.folder,
      TMPDIR: copy.temporary,
      TEMP: copy.temporary,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

const run = async (copy: Copy, name: string, ...args: string[]) =>
  await outputOf(command(copy, name, ...args));

/** Waits until something is so, which another program does. */
async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const wait = async () => {
    while (!await isSo()) await new Promise((done) => setTimeout(done, 20));
  };
  await guard(byClock(60_000), wait());
}

Deno.test("a learner's checks reach the board, which lives through a SIGKILL, and what could not be sent comes later", async () => {
  await using copy = await Copy.make();
  const start = async (port: string) => {
    const child = command(copy, "board", "--port", port).spawn();
    const lines = child.stdout.pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream()).getReader();
    const said: string[] = [];
    while (!said.at(-1)?.startsWith("Ctrl-C")) {
      const { value } = await lines.read();
      if (value === undefined) break;
      said.push(value);
    }
    const rest = Array.fromAsync(child.stderr);
    const close = async (signal: Deno.Signal) => {
      child.kill(signal);
      await child.status;
      await lines.cancel();
      await rest;
    };
    return { text: said.join("\n"), close };
  };
  let board = await start("0");
  const [, address = "", code = ""] =
    /deno task join (\S+) (\w+) NICKNAME/.exec(board.text) ?? [];
  const [, key = ""] = /token=(\w+)/.exec(board.text) ?? [];
  const rows = async () => {
    const url = `${address}/board/export.json?token=${key}`;
    return await (await fetch(url)).json();
  };
  try {
    const joined = await run(copy, "join", address, code, "ann");
    assertEquals([joined.code, joined.stderr], [0, ""]);
    assertStringIncludes(joined.stdout, "Never a byte of your answer");

    const first = await run(copy, "check", "1");
    assertStringIncludes(first.stdout, "not yet");
    await until(async () => (await rows()).length === 1);

    await board.close("SIGKILL");
    const second = await run(copy, "check", "1");
    assertEquals(second.stderr, "");
    const port = new URL(address).port;
    board = await start(port);
    assertStringIncludes(board.text, code);
    const third = await run(copy, "check", "1");
    const words = ({ stdout }: Result) => stdout.replace(/\d{4,}/g, "PORT");
    assertEquals(words(third), words(second), "a board changes no verdict");
    await until(async () => (await rows()).length === 3);
    const attempts = (await rows()).map((row: { attempt: number }) =>
      row.attempt
    );
    assertEquals(attempts, [1, 2, 3]);

    const asked = await run(copy, "ask", "why?", "--share");
    assertEquals([asked.code, asked.stderr], [0, ""]);
    const left = await run(copy, "join", "--leave");
    assertStringIncludes(left.stdout, "told nothing more");
    const alone = await run(copy, "ask");
    assertEquals([alone.code, alone.stderr], [
      1,
      "error: no board is joined: deno task join --help\n",
    ]);
  } finally {
    await board.close("SIGTERM");
  }
});

Deno.test("a board that takes connections and never answers delays no check", async () => {
  await using copy = await Copy.make();
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = silent.addr;
  const origin = `http://127.0.0.1:${port}`;
  const folder = copy.path(".course/board/outbox");
  await Deno.mkdir(folder, { recursive: true });
  const membership = { origin, nickname: "ann", secret: "s", attempts: {} };
  await Deno.writeTextFile(
    copy.path(".course/board/member.json"),
    JSON.stringify(membership),
  );
  const heard = silent.accept(); // the check is over before this one is answered
  const { stdout, stderr } = await run(copy, "check", "1");
  assertStringIncludes(stdout, "not yet");
  assertEquals(stderr, "");
  using _ = await heard;
  const waiting = [...Deno.readDirSync(folder)].map(({ name }) => name);
  assertEquals(waiting.filter((name) => name.endsWith(".json")).length, 1);
});

Deno.test("what is shared has steps and wire, and no line of the program", async () => {
  await using copy = await Copy.make();
  await using hall = await Hall.open();
  const { origin } = hall.board;
  const joined = await run(copy, "join", origin, hall.store.code, "ann");
  assertEquals(joined.stderr, "");
  const folder = copy.path("answers/01_single_shot");
  await Deno.mkdir(folder, { recursive: true });
  const client = await Deno.readTextFile(
    copy.path("solutions/01_single_shot/client.ts"),
  );
  await Deno.writeTextFile(`${folder}/client.ts`, client);
  const server = await Deno.readTextFile(
    copy.path("solutions/01_single_shot/server.ts"),
  );
  await Deno.writeTextFile(
    `${folder}/server.ts`,
    server.replace(
      "using listener",
      "const mySecretName = null as unknown as { x(): void };\n  if (Deno.args.length > 0) mySecretName.x();\n  using listener",
    ),
  );
  const { stdout } = await run(copy, "check", "1");
  assertStringIncludes(stdout, "mySecretName", "the learner sees the line");
  const asked = await run(copy, "ask", "--share");
  assertEquals([asked.code, asked.stderr], [0, ""]);
  const text = JSON.stringify(await hall.news("board"));
  assertStringIncludes(text, '"steps":["your server starts');
  assert(!text.includes("mySecretName"), text);
});

Deno.test("check --json says a line for each lesson, and the board takes it in", async () => {
  await using copy = await Copy.make();
  const { stdout, code } = await run(
    copy,
    "check",
    "--json",
    "1",
    "--answers",
    "solutions",
  );
  assertEquals(code, 0);
  const line = JSON.parse(stdout);
  assertEquals([line.lesson, line.isPassed, line.passed], [
    "01_single_shot",
    true,
    line.cases,
  ]);
  const none = await run(copy, "check", "1", "--json", "--answers", "nowhere");
  assertStringIncludes(JSON.parse(none.stdout).reason, "no answer");

  const folder = copy.path("class");
  await Deno.mkdir(folder);
  await Deno.writeTextFile(`${folder}/ann.json`, stdout + none.stdout);
  await Deno.writeTextFile(`${folder}/bob.json`, "{");
  const taken = await run(copy, "board", "--import", "class");
  assertEquals(taken.stdout, "1 reports taken in\n");
  assertStringIncludes(taken.stderr, "left out: bob.json: ");
  const again = await run(copy, "board", "--import", "class");
  assertEquals(again.stdout, "0 reports taken in\n");
  const exported = await run(copy, "board", "--export", "class.csv");
  assertEquals(exported.code, 0);
  const csv = await Deno.readTextFile(copy.path("class.csv"));
  assertStringIncludes(csv, "\r\nann,01_single_shot,");
  const gone = await run(copy, "board", "--forget");
  assertEquals(gone.stdout, "all of it is removed\n");
  assert(
    !([...Deno.readDirSync(copy.path(".course"))].some(({ name }) =>
      name.startsWith("board.sqlite")
    )),
  );
});
