/**
 * `check --watch` as a learner has it: through a pipe, and on a terminal.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "../kit/file_url.ts";
import { hasPython, PYTHON } from "../kit/python.ts";
import { Copy, copySolution, taskArgs } from "./copy.ts";
import { Screen } from "./screen.ts";

const args = taskArgs("check", "1", "--watch");

Deno.test("check --watch checks again when a file is saved, without a terminal", async () => {
  await using copy = await Copy.make();
  await using screen = new Screen(Deno.execPath(), {
    args,
    cwd: copy.folder,
    env: { NO_COLOR: "1" },
  });
  await screen.shows("checking lesson 01, single shot…\n");
  assertStringIncludes(await screen.shows("not yet"), "your server sent");
  await copySolution(copy, "01_single_shot", "server.ts");
  await screen.shows("checking lesson 01, single shot… (server.ts saved)\n");
  assertStringIncludes(await screen.shows("not yet"), "your client");
  await copySolution(copy, "01_single_shot", "client.ts");
  await screen.shows("passed: lesson 01, single shot, all 20 cases");

  await Deno.writeTextFile(
    copy.path("answers/01_single_shot/client.ts"),
    "const count: number = 'one';\n",
  );
  await screen.shows("not yet");
  await screen.shows("Deno's type check says");
  await screen.shows("TS2322");
});

Deno.test({
  name: `check --watch obeys keys on a terminal${
    hasPython() ? "" : " (skipped: python3 was not found)"
  }`,
  ignore: Deno.build.os === "windows" || !hasPython(),
  async fn() {
    await using copy = await Copy.make();
    const pty = fromFileUrl(
      new URL("fixtures/on_terminal.py", import.meta.url),
    );
    await using screen = new Screen(PYTHON, {
      args: [pty, Deno.execPath(), ...args],
      cwd: copy.folder,
      env: { TERM: "xterm" },
    });
    await screen.shows("h hint  l the lesson  w the case on the wire");
    await screen.press("h");
    await screen.shows("hint 1 of 3");
    await screen.press("w");
    assertMatch(await screen.shows("calls, not segments"), /the check/);
    await screen.press("n");
    await screen.shows("this one is not passed yet");
    for (const name of ["server.ts", "client.ts"]) {
      await copySolution(copy, "01_single_shot", name);
    }
    await screen.shows("passed: lesson 01, single shot");
    await screen.shows("n next lesson");
    await screen.press("n");
    await screen.shows("not yet: lesson 02, conversation");
    await screen.press("q");
    assertEquals(await screen.exitCode(), 0);
  },
});
