/**
 * `deno task course`: whom its server answers, what it runs, what it keeps,
 * and that it goes on where it was.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { Copy, ODD_NAME } from "./copy.ts";
import { Served } from "./served.ts";

Deno.test("the course is served to its own pages alone, keeps what they say, and goes on where it was", async (t) => {
  await using copy = await Copy.make(ODD_NAME); // as the other commands, it works there, too
  let address = "";
  {
    await using course = await Served.start(copy);
    address = course.address;
    const { origin, pathname } = new URL(address);

    await t.step("its pages, and nobody else's", async () => {
      assertStringIncludes(await course.text(""), "01 Single shot");
      const page = await course.ask("01_single_shot.html");
      const text = await page.text();
      assertStringIncludes(text, '<h2 id="quiz">');
      const [, module = ""] = / src="([^"]+\.js\?\w+)"/.exec(text) ?? [];
      for (
        const [path, isKept] of [
          [module, true],
          [module.replace(/\?.*/, ""), false],
          [`${module}0`, false],
          ["01_single_shot.html", false],
        ] as const
      ) {
        const answer = await course.ask(path);
        assertEquals(answer.status, 200, path);
        const words = answer.headers.get("cache-control") ?? "";
        assertEquals(words.includes("immutable"), isKept, path);
        assertEquals(words.includes("no-store"), !isKept, path);
        await answer.body?.cancel();
      }
      assertEquals(
        page.headers.get("content-security-policy"),
        "frame-ancestors 'self'",
      );
      for (const path of ["/", "/index.html", pathname.slice(0, -2) + "/"]) {
        const answer = await fetch(origin + path);
        assertEquals(answer.status, 403, path);
        await answer.body?.cancel();
      }
      const picture = await course.ask("files/lessons/01_single_shot/wire.svg");
      const policy = picture.headers.get("content-security-policy") ?? "";
      assertStringIncludes(policy, "sandbox");
      await picture.body?.cancel();
      for (const path of ["answers/x", "%E0%A4%A", "source/deno.json.html"]) {
        const answer = await course.ask(path);
        assertEquals(answer.status, 404, path);
        await answer.body?.cancel();
      }
      const moved = await course.ask("decks/01_single_shot.page.html", {
        redirect: "manual",
      });
      assertEquals(moved.headers.get("location"), "../01_single_shot.html");
      await moved.body?.cancel();
    });

    await t.step("what a page says is kept, and nothing else", async () => {
      const guess = { said: "three", isRight: true };
      const whole = { page: "01_single_shot", key: "quiz 1", guess };
      const stranger = await course.ask("guess", {
        method: "POST",
        body: JSON.stringify(whole),
      });
      assertEquals(stranger.status, 403, "nobody says that it is a page");
      await stranger.body?.cancel();
      for (
        const [body, status] of [
          [whole, 204],
          [{ ...whole, page: "__proto__" }, 400],
          [{ ...whole, key: "quiz 1000" }, 400],
          [{ ...whole, guess: { said: "x".repeat(1001) } }, 400],
          [{ ...whole, guess: { said: "x", isRight: "yes" } }, 400],
          [{ ...whole, guess: "x".repeat(9000) }, 413],
          [[], 400],
          [null, 400],
          ["{", 400],
        ] as const
      ) {
        const answer = await course.post("guess", body);
        assertEquals(answer.status, status, JSON.stringify(body).slice(0, 80));
        await answer.body?.cancel();
      }
      const { guesses } = await (await course.ask("state.json")).json();
      assertEquals(guesses, { "01_single_shot": { "quiz 1": guess } });
      const page = await course.text("01_single_shot.html");
      assertStringIncludes(page, '"said":"three"');
    });

    await t.step("what another command notes is told", async () => {
      await using news = await course.listen("news");
      const passed = { "01_single_shot": "2026-01-02T03:04:05.678Z" };
      const file = copy.path(".course/progress.json");
      await Deno.writeTextFile(file, JSON.stringify({ passed }));
      let state = { passed: {} };
      while (Object.keys(state.passed).length === 0) {
        await news.next();
        state = await (await course.ask("state.json")).json();
      }
      assertEquals(state.passed, passed);
    });

    await t.step("a lesson's pair is run when a page wants it", async () => {
      const page = await course.text("wire/01_single_shot.1/");
      assertStringIncludes(page, '"news":"news"');
      await using news = await course.listen("wire/01_single_shot.1/news");
      const last = await news.until((data) =>
        data.includes('"isRunning":false')
      );
      assertStringIncludes(last, "ends with exit code 0");
      const again = await course.ask("wire/01_single_shot.1/again", {
        method: "POST",
      });
      assertEquals(again.status, 403);
      await again.body?.cancel();
    });

    await t.step(
      "a page's own scenes are played, and nothing else",
      async () => {
        const run = "run/01_single_shot.html";
        for (
          const [path, body] of [
            [run, { scene: 99 }],
            [run, { scene: "deno" }],
            [run, { command: "deno run -A x.ts" }],
            ["run/source/lessons/program.ts.html", { scene: 0 }],
            ["run/words.html", { scene: 0 }],
            ["run/../README.html", { scene: 0 }],
          ] as const
        ) {
          const answer = await course.post(path, body);
          assert([400, 404].includes(answer.status), path);
          await answer.body?.cancel();
        }
        const body = JSON.stringify({ scene: 0 });
        const stranger = await course.ask(run, { method: "POST", body });
        assertEquals(stranger.status, 403);
        await stranger.body?.cancel();
        const played = await (await course.post(run, { scene: 0 })).text();
        const news = played.trimEnd().split("\n").map((line) =>
          JSON.parse(line)
        );
        const { type, commands } = news.at(-1);
        const same = commands.map(({ isSame }: { isSame: boolean }) => isSame);
        assertEquals([type, same], ["ended", [true, true]]);
        assert(news.some(({ text }) => text === "HELLO BABY"));
      },
    );

    await t.step("an exercise is checked as its files are saved", async () => {
      const base = "exercise/01_single_shot";
      const outbox = await joinBoard(copy);
      using told = Deno.watchFs(outbox);
      await using news = await course.listen(`${base}/news`);
      const until = async (type: string) =>
        JSON.parse(await news.until((data) => JSON.parse(data).type === type));
      assertEquals((await until("cases")).cases.length, 23);
      const { files } = await until("files");
      assertEquals(
        files.map(({ name }: { name: string }) => name),
        ["server.ts", "client.ts"],
      );
      const { failure } = await until("judged");
      assertEquals(failure.steps.length, 6);
      assertEquals(failure.asked, [2, 3, 4, 5, 6, 7, 8]);
      const { isPassed, untried } = await until("checked");
      assertEquals([isPassed, untried], [false, 22]);
      const report = await firstReport(told, outbox);
      assertEquals(report.lesson, "01_single_shot");
      assertEquals([report.isWhole, report.failed], [false, failure.name]);

      const [{ version: seen, text }] = files;
      const save = async (body: unknown) => {
        const answer = await course.post(`${base}/save`, body);
        return [answer.status, await answer.text()] as const;
      };
      const file = { name: "server.ts", seen, text: `${text}// mine\n` };
      const [, late] = await save({ ...file, seen: "0".repeat(32) });
      assertEquals(JSON.parse(late).now.text, text, "it was not written over");
      const [status, written] = await save(file);
      assertEquals([status, JSON.parse(written).isWritten], [200, true]);
      const path = copy.path("answers/01_single_shot/server.ts");
      assertEquals(await Deno.readTextFile(path), file.text);
      assertEquals((await until("begun")).run, 2);
      await until("checked");

      for (
        const change of [
          { name: "../server.ts" },
          { name: "..\\server.ts" },
          { name: ".git.ts" },
          { name: "server" },
          { text: "x".repeat(256 * 1024 + 1) },
          { seen: undefined },
        ]
      ) assertEquals((await save({ ...file, ...change }))[0], 400);
      const huge = await save({ ...file, text: "x".repeat(2e6) });
      assertEquals(huge[0], 413);

      assertStringIncludes(await course.text(`${base}/wire/1.html`), "write");
      for (const path of ["wire/99.html", "wire/0.html"]) {
        assertStringIncludes(
          await course.text(`${base}/${path}`),
          "No program of this case",
        );
      }
      const hint = await (await course.post(`${base}/hint`, {})).json();
      assertEquals(hint.number, 1);
      const page = await course.text("01_single_shot.exercise.html");
      assertStringIncludes(page, '"count":3,"shown":[{"number":1');
      const compared = await course.text("01_single_shot.compare.html");
      assertMatch(compared, /<td class="removed">-.*TODO/);
      assertMatch(compared, /<td class="added">\+.*await conn/);
      const nonce = /'nonce-([^']+)'/.exec(page)?.[1] ?? "";
      const again = await course.text("01_single_shot.exercise.html");
      assert(nonce.length > 20 && !again.includes(nonce));
      await using mine = await course.listen(`${base}/mine/news`);
      const shown: string[] = []; // on a busy machine it comes in several parts
      await mine.until((data) => {
        shown.push(data);
        return data.includes('"isRunning":false');
      });
      assertStringIncludes(shown.join("\n"), "prints: TODO");
      await (await course.post(`${base}/again`, { part: "2" })).body?.cancel();
      assertEquals((await until("begun")).numbers, [2]);
      await until("checked");
      const { kept } = await (await course.post(`${base}/reset`, {})).json();
      assertEquals(
        await Deno.readTextFile(copy.path(`${kept}/server.ts`)),
        file.text,
      );
      const anew = await until("files");
      assertEquals(anew.files[0].text, text);
    });

    const other = await copy.run("course", "--port", new URL(address).port);
    assertEquals(other.code, 1);
    assertStringIncludes(other.stderr, "is taken");
    if (Deno.build.os !== "windows") assertEquals(await course.end(), 0);
  }

  await t.step("started again, it is where it was", async () => {
    await using course = await Served.start(copy);
    assertEquals(course.address, address);
    const kept = await Deno.stat(copy.path(".course/site.json"));
    if (Deno.build.os !== "windows") {
      assertEquals((kept.mode ?? 0) & 0o077, 0, "nobody else reads the token");
    }
    const place = await Deno.readTextFile(copy.path(".course/site.json"));
    await using second = await Served.start(copy);
    assert(second.address !== address, "a second one is somewhere else");
    assertEquals(
      await Deno.readTextFile(copy.path(".course/site.json")),
      place,
      "and a page finds the first one again",
    );
  });
});

/** Makes a copy's learner a member of a board that is not there. @returns Where what it is told waits. */
async function joinBoard(copy: Copy): Promise<string> {
  const outbox = copy.path(".course/board/outbox");
  await Deno.mkdir(outbox, { recursive: true });
  const member = { origin: "http://127.0.0.1:9", nickname: "ann", secret: "s" };
  await Deno.writeTextFile(
    copy.path(".course/board/member.json"),
    JSON.stringify({ ...member, attempts: {} }),
  );
  return outbox;
}

/** Waits for the first thing that the board is told. */
async function firstReport(
  watcher: Deno.FsWatcher,
  outbox: string,
): Promise<{ lesson: string; isWhole: boolean; failed?: string }> {
  for await (const _ of watcher) {
    for (const { name } of Deno.readDirSync(outbox)) {
      if (!name.endsWith(".json")) continue;
      return JSON.parse(await Deno.readTextFile(`${outbox}/${name}`));
    }
  }
  throw new Error("nothing was told");
}

Deno.test("course takes a port, and nothing else", async () => {
  await using copy = await Copy.make();
  for (
    const [args, message] of [
      [["1"], '"1" is one word too many'],
      [["--port", "x"], "--port needs a whole number"],
      [["--prot", "1"], "did you mean --port?"],
      [["--build", "x", "--port", "1"], "exclude each other"],
    ] as const
  ) {
    const { code, stderr } = await copy.run("course", ...args);
    assertEquals(code, 2);
    assertStringIncludes(stderr, message);
  }
});
