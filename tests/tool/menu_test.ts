/**
 * Lesson 12's menus, each used on a terminal.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { pairIn, solutionFolder } from "@lessons/places.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { denoRun, Program } from "../../kit/program.ts";
import { findPython, ownProgram } from "../../kit/python.ts";
import { startReaper } from "../../kit/reaper.ts";
import { WorkingFolder } from "../../kit/working_folder.ts";
import { Screen } from "./screen.ts";

startReaper();

const PASSWORD = "correct horse";
const { server, client } = pairIn(solutionFolder("12_capstone"));
const loopback = "--allow-net=127.0.0.1";
const onTerminal = fromFileUrl(
  new URL("fixtures/on_terminal.py", import.meta.url),
);

/** Somebody at a terminal, with the menu before them. */
async function sitsDown(
  port: number,
  user: string,
  password: string,
  ...flags: string[]
): Promise<Screen> {
  const args = ["--port", `${port}`, "--user", user, ...flags];
  const [command, ...own] = ownProgram(onTerminal);
  const screen = new Screen(command, {
    args: [...own, ...denoRun(client, [loopback], args)],
    env: { NO_COLOR: "1" },
  });
  await screen.shows(`password of ${user}\n`);
  await screen.press(`${password}\r`);
  const shown = await screen.shows(`course selection at 127.0.0.1:${port}\n`);
  assert(!shown.includes(password), shown);
  return screen;
}

/** Chooses from the menu by what it says, and answers its questions. @returns What came of it. */
async function chooses(
  screen: Screen,
  about: string,
  ...answers: string[]
): Promise<string> {
  const before = await screen.shows(`  ${about}\n`);
  const number = before.split("\n").at(-1) ?? "";
  for (const answer of [number, ...answers]) {
    await screen.shows("> ");
    await screen.press(`${answer}\n`);
    await screen.shows(`${answer}\n`);
  }
  return (await screen.shows("\n")).trim();
}

Deno.test({
  name: "lesson 12's menus serve each role on a terminal",
  ignore: Deno.build.os === "windows" || !findPython(),
  async fn() {
    using folder = WorkingFolder.make();
    const file = ["--allow-read=school.db", "--allow-write=school.db"];
    const args = ["--port", "0", "--admin", "root", "--cost", "2"];
    await using program = Program.start({
      label: "the server",
      command: denoRun(server, [loopback, ...file], args),
      folder: folder.path,
    });
    await program.type(`${PASSWORD}\n`);
    const ready = await program.line("its ready line");
    const port = Number(ready.split(":").at(-1));

    await using root = await sitsDown(port, "root", PASSWORD);
    assertEquals(
      await chooses(root, "somebody who teaches", "Ms Frame", "teach"),
      "done",
    );
    const course = ["NET", "1", "Ms Frame", "mon-1,wed-2", "Networks"];
    assertEquals(await chooses(root, "a course", ...course), "done");
    assertEquals(await chooses(root, "open the selection"), "done");

    await using anna = await sitsDown(port, "anna", "a", "--signup");
    assertEquals(await chooses(anna, "ask for a seat", "NET"), "seated");
    assertEquals(
      await chooses(anna, "ask for a seat", "MUSIC"),
      "error: no such course",
    );
    assertEquals(
      await chooses(anna, "all courses, and the seats that are left"),
      "NET  Networks  0 of 1 left  mon-1 wed-2",
    );

    await using teacher = await sitsDown(port, "Ms Frame", "teach");
    assertEquals(await chooses(teacher, "who has a seat", "NET"), "anna  -");
    assertEquals(
      await chooses(teacher, "grade a student", "NET", "anna", "1.3"),
      "done",
    );
    assertEquals(await chooses(anna, "your grades"), "NET: 1.3");

    for (const screen of [root, anna, teacher]) {
      await screen.shows("0  leave\n");
      await screen.shows("> ");
      await screen.press("0\n");
      assertEquals(await screen.exitCode(), 0);
    }
    const said = program.stdout + program.stderr;
    for (const secret of [PASSWORD, "teach"]) assert(!said.includes(secret));
  },
});
