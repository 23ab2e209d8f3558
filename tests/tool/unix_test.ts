/**
 * The tool and an address that is a path: lesson 10.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { lessons } from "@lessons/catalogue.ts";
import { pairIn, solutionFolder } from "@lessons/places.ts";
import { runPair } from "../../course/pair.ts";
import { draw } from "../../course/wire/view.ts";
import { denoRun } from "../../kit/program.ts";
import { startReaper } from "../../kit/reaper.ts";
import { stripAnsiCode } from "@std/fmt/colors";
import { Copy } from "./copy.ts";

startReaper();

/** The first lesson whose address is a path; where it can run. */
const lesson = lessons.find(({ address }) => "path" in address);
const ignore = Deno.build.os === "windows";

/** A solution's program as a stranger's, which the tap does not reach: it may do whatever it likes. */
function strange(side: "server" | "client") {
  const { [side]: file } = pairIn(solutionFolder(lesson?.name ?? ""));
  return { command: denoRun(file, ["-A"], []), name: `a strange ${side}` };
}

Deno.test(
  "a demo runs over a path in a folder of its own, and shows it as it was given",
  { ignore },
  async () => {
    assert(lesson);
    const lines: string[] = [];
    const run = await runPair(lesson, pairIn(solutionFolder(lesson.name)), {
      which: "exercise",
      isRecorded: true,
      onLine: (side, line) => lines.push(`${side} ${line}`),
    });
    assert(run.isGood);
    assertEquals(lines, ["server listening on echo.sock"]);
    const text = stripAnsiCode(draw(run.recordings, "").text);
    assertMatch(text, / listen echo\.sock │/);
    assertMatch(text, /│ connect echo\.sock ─/);
    assertMatch(text, /│ write 17: ①set colour green\\n ─/);
    assertMatch(text, / read 17: ①set colour green\\n │/);
  },
);

Deno.test(
  "a relay at a path shows what passes between programs that have no tap",
  { ignore },
  async (t) => {
    assert(lesson);
    const ours = pairIn(solutionFolder(lesson.name));
    const pairs = {
      "server": { ...ours, server: strange("server") },
      "client": { ...ours, client: strange("client") },
      "both": { server: strange("server"), client: strange("client") },
    };
    for (const [what, pair] of Object.entries(pairs)) {
      await t.step(what, async () => {
        const run = await runPair(lesson, pair, {
          which: "exercise",
          isRecorded: true,
        });
        assert(run.isGood, run.problem?.message);
        const text = stripAnsiCode(draw(run.recordings, "").text);
        assertMatch(text, / listen echo\.sock │/);
        assertMatch(text, /│ connect echo\.sock ─/);
        assertMatch(text, /│ write 17: ①set colour green\\n ─/);
        assertMatch(text, / read 17: ①set colour green\\n │/);
        assertMatch(text, / write 3: ②ok\\n │/);
        assert(!text.includes("relay.sock") && !text.includes("course_files"));
      });
    }
  },
);

Deno.test("what is typed and what is kept of a run over a path is shown", {
  ignore: Deno.build.os !== "linux", // elsewhere a temporary folder's path may be too long with the copy's
}, async () => {
  assert(lesson);
  await using copy = await Copy.make();
  const number = String(lesson.number);
  const file = copy.path("run.jsonl");
  const typed = await copy.command(
    "lesson",
    number,
    "--keyboard",
    "--save",
    file,
  )
    .output();
  assertEquals(typed.code, 0, new TextDecoder().decode(typed.stderr));
  const kept = await copy.run("wire", file);
  assertEquals(kept.code, 0, kept.stderr);
  assertMatch(kept.stdout, /│ connect echo\.sock ─/);
  const doctor = await copy.run("doctor");
  assertMatch(doctor.stdout, /ok {4}Unix sockets/);
  const checked = await copy.run("check", number, "--case", "1", "--wire");
  assertEquals(checked.code, 1); // the starter
  assertMatch(checked.stdout, /your server sent "TODO: list/);
  assertMatch(checked.stdout, / listen \/.* │/);
});
