/**
 * `deno task course`: whom its server answers, what it runs, what it keeps,
 * and that it goes on where it was.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Copy } from "./copy.ts";
import { Served } from "./served.ts";

Deno.test("the course is served to its own pages alone, keeps what they say, and goes on where it was", async (t) => {
  await using copy = await Copy.make();
  let address = "";
  {
    await using course = await Served.start(copy);
    address = course.address;
    const { origin, pathname } = new URL(address);

    await t.step("its pages, and nobody else's", async () => {
      assertStringIncludes(await course.text(""), "01 Single shot");
      const page = await course.ask("01_single_shot.html");
      assertStringIncludes(await page.text(), '<h2 id="quiz">');
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
    await using second = await Served.start(copy);
    assert(second.address !== address, "a second one is somewhere else");
  });
});

Deno.test("course takes a port, and nothing else", async () => {
  await using copy = await Copy.make();
  for (
    const [args, message] of [
      [["1"], '"1" is one word too many'],
      [["--port", "x"], "--port needs a whole number"],
      [["--prot", "1"], "did you mean --port?"],
    ] as const
  ) {
    const { code, stderr } = await copy.run("course", ...args);
    assertEquals(code, 2);
    assertStringIncludes(stderr, message);
  }
});
