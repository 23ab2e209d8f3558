/// <reference lib="dom" />
/**
 * The course in a browser: the Chromium or Chrome that is installed; where
 * there is none, the test is ignored.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import {
  findBarriers,
  findWide,
  pasteInto,
  testInBrowser,
} from "../pages/browser.ts";
import { SitePages } from "../../course/site/pages.ts";
import { startReaper } from "../../kit/reaper.ts";
import { check } from "../01_single_shot_test.ts";
import { Copy, copySolution, keepCases } from "./copy.ts";
import { Served } from "./served.ts";

startReaper();

/** How long the browser is waited for in each step, in milliseconds. */
const PATIENCE_MS = 30_000;

const LESSON = "01_single_shot";

/** What is tried of it here: all that the server does, and once what the client does. Each of the page's dozen checks would start 30 programs. */
const CASES = check.cases
  .filter(({ role }, i, all) => role === "server" || role !== all[i - 1]?.role)
  .map(({ name }) => name);

/** What the page says when all of it passes. */
const ALL_PASSED = `Passed: all ${CASES.length} cases.`;

/** What a page complains of, and what it asks for but the course. */
function listen(page: Page): string[] {
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "info") troubles.push(message.text());
  });
  page.on("response", (response) => {
    if (response.status() >= 500) troubles.push(response.url());
  });
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isOwn = ["data:", "about:"].includes(protocol) ||
      hostname === "127.0.0.1";
    if (!isOwn) troubles.push(`asked for ${request.url()}`);
  });
  return troubles;
}

/** Waits for the verdict. */
async function verdict(page: Page, text: string): Promise<void> {
  const summary = page.locator("#summary");
  try {
    await summary.getByText(text).waitFor();
  } catch (error) {
    const shown = await page.locator(".workshop").innerText();
    throw new Error(`no "${text}" in:\n${shown}`, { cause: error });
  }
}

testInBrowser("the course", async (t, browser) => {
  await using copy = await Copy.make();
  await keepCases(copy, LESSON, CASES);
  let course = await Served.start(copy);
  const file = copy.path(`answers/${LESSON}/server.ts`);
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const troubles = listen(page);
    const open = (place: string) => page.goto(`${course.address}${place}`);

    await t.step("finds a page while one types, and goes there", async () => {
      await open("");
      await page.getByText("0 of 12 exercises passed").waitFor();
      await page.keyboard.press("/");
      await page.keyboard.type("sticky pack");
      await page.getByRole("option").first().waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(/05_sticky_packets\.html/);
      await page.goBack();
      await page.getByRole("link", { name: "01 Single shot" }).first()
        .click();
      await page.getByRole("heading", { name: "Quiz" }).waitFor();
    });

    await t.step("shows the run on the wire, and runs it live", async () => {
      const wire = page.locator(".wire");
      await wire.scrollIntoViewIfNeeded();
      const inside = wire.frameLocator("iframe");
      await inside.getByText("read 10:").first().waitFor();
      await page.getByRole("button", { name: "Run it here, live" }).click();
      await inside.getByText("the run is over").waitFor();
    });

    await t.step(
      "runs the page's own commands, beside what it shows",
      async () => {
        const blocks = page.locator("#run-it ~ .shown");
        const run = page.getByRole("button", { name: "these 2 together" });
        await run.first().click();
        await blocks.first().locator(".ran.good").waitFor();
        const came = await blocks.first().locator(".came code").innerText();
        const port = await blocks.first().locator("mark").first().innerText();
        assertStringIncludes(came, `listening on 127.0.0.1:${port}`);
        assertEquals(
          await blocks.nth(1).locator(".came code").innerText(),
          "HELLO BABY\n",
        );
      },
    );

    await t.step("keeps two windows in step", async () => {
      const other = await context.newPage();
      await other.goto(`${course.address}${LESSON}.projector.html`);
      const shown = other.frameLocator("iframe").first();
      await shown.getByRole("heading", { name: "Single shot" }).waitFor();
      const toggle = page.getByRole("button", { name: "In step" });
      await toggle.click();
      await page.getByRole("link", { name: "Going further" }).click();
      await shown.locator("#going-further:visible").waitFor();
      await other.waitForFunction(() =>
        (document.querySelector("iframe")?.contentWindow?.scrollY ?? 0) > 500
      );
      const wire = page.locator(".wire");
      await wire.scrollIntoViewIfNeeded();
      await wire.frameLocator("iframe").locator("li").nth(4).click();
      const chosen = other.frameLocator("iframe").nth(1).locator(
        'li[data-index="4"][aria-current="step"]',
      );
      await chosen.waitFor();
      await page.goto(`${course.address}02_conversation.html`);
      await other.waitForURL(/02_conversation\.projector\.html/);
      await page.getByRole("button", { name: "In step" }).click();
      await other.close();
      await page.goto(`${course.address}${LESSON}.html`);
    });

    await t.step("keeps what one expects beside what is so", async () => {
      const ask = page.locator("#quiz ~ ol > li").first();
      await ask.getByRole("button", { name: "Keep it, and look" }).click();
      await ask.getByRole("alert").getByText("Say something").waitFor();
      await ask.getByLabel("What do you say?").fill("3, I think");
      await ask.getByRole("button", { name: "Keep it, and look" }).click();
      await ask.getByText("You said: 3, I think").waitFor();
      await ask.getByText("one byte and").waitFor();
      const right = ask.getByRole("button", { name: "I was right" });
      assertEquals(await right.getAttribute("aria-pressed"), "true");
      const other = page.locator("#try-this ~ ol > li").first();
      await other.getByLabel("What do you expect?").fill("it waits");
      await other.getByRole("button", { name: "Keep it" }).click();
      await other.getByRole("button", { name: "I was not" }).click();
      await page.reload();
      await ask.getByText("You said: 3, I think").waitFor();
      await open("00_orientation.html");
      const happens = page.getByText("TCP port 40001 once more");
      assert(await happens.isHidden(), "a guess comes first");
      await page.getByLabel("What do you guess?").first().fill("no");
      await page.getByRole("button", { name: "Keep it" }).first().click();
      await happens.waitFor();
      await open("");
      await page.getByText("were right in 1 of the 2").waitFor();
    });

    await t.step(
      "checks the starter, which it makes, and tells what failed",
      async () => {
        await open(`${LESSON}.exercise.html`);
        await verdict(page, "Not yet: 0 passed, 1 failed");
        assertStringIncludes(await Deno.readTextFile(file), "TODO");
        const failure = page.locator(".failure[open]");
        await failure.getByText("your server sent").waitFor();
        assertEquals(await failure.locator(".failed-step").count(), 1);
        const differs = await failure.locator(".differs").allTextContents();
        assertEquals(differs.slice(2), ["54", "T"], "received: hex, text");
        const wire = failure.frameLocator("iframe");
        await wire.getByText("write 5:").waitFor();
        assertEquals(
          await wire.locator("#client").textContent(),
          "the check",
        );
        await page.locator(`a[href="#sentence-4"]`).click();
        assert(page.url().endsWith("#sentence-4"));
      },
    );

    await t.step(
      "names a misunderstanding with its paragraph, and types in the margin",
      async () => {
        const solution = await Deno.readTextFile(
          copy.path(`solutions/${LESSON}/server.ts`),
        );
        const wrong = solution.replace(
          "${count} bytes",
          "${text.length} bytes",
        )
          .replace("const buffer", "const odd: number = '';\n  const buffer");
        await pasteInto(page, wrong);
        assertStringIncludes(
          await page.locator("[role=tab]").first().innerText(),
          "●",
        );
        await page.keyboard.press("Control+s");
        await verdict(page, "Not yet: 1 passed, 1 failed");
        assertEquals(await Deno.readTextFile(file), wrong);
        assertEquals(await page.locator(".fresh").count(), 0);
        const [said, asked] = await Promise.all(
          ["#summary", "#asked"].map((one) => page.locator(one).boundingBox()),
        );
        assert(said && asked && said.y < asked.y, "the verdict comes first");
        await page.locator(".tools").getByText("1 passed, 1 failed")
          .waitFor();
        await page.getByText("counts characters where bytes").waitFor();
        assertStringIncludes(
          await page.locator(".told").innerText(),
          "Programs on a network count bytes.",
        );
        await page.locator(".cm-lint-marker-error").waitFor();
        await page.getByRole("button", { name: "Show all failures" }).click();
        await page.locator(".failure").nth(2).waitFor();
        await page.getByRole("button", { name: "Check all again" }).click();
        await verdict(page, "Not yet: 1 passed, 1 failed");
      },
    );

    await t.step(
      "passes when the answer is right, and the terminal knows it",
      async () => {
        await pasteInto(
          page,
          await Deno.readTextFile(copy.path(`solutions/${LESSON}/server.ts`)),
        );
        await page.keyboard.press("Control+s");
        await verdict(page, "Not yet: 8 passed");
        await copySolution(copy, LESSON, "client.ts"); // in another editor
        await verdict(page, ALL_PASSED);
        const { passed } = JSON.parse(
          await Deno.readTextFile(copy.path(".course/progress.json")),
        );
        assertEquals(Object.keys(passed), [LESSON]);
        await page.getByRole("link", { name: "Compare your answer" }).click();
        await page.getByText("Yours is the same.").first().waitFor();
        await open("");
        await page.getByText("1 of 12 exercises passed").waitFor();
      },
    );

    await t.step(
      "shows what changes on the disk, and never writes over a version",
      async () => {
        await open(`${LESSON}.exercise.html`);
        await verdict(page, "Passed");
        const before = await Deno.readTextFile(file);
        await Deno.writeTextFile(file, `// theirs\n${before}`);
        await page.locator(".cm-line", { hasText: "// theirs" }).waitFor();
        await page.locator(".cm-content").click();
        await page.keyboard.press("Control+Home");
        await page.keyboard.insertText("// mine\n");
        await page.reload(); // a draft is kept
        await page.locator(".cm-line", { hasText: "// mine" }).waitFor();
        await Deno.writeTextFile(file, `// others\n${before}`);
        await page.getByText("Left is the file").waitFor();
        const sides = page.locator(".cm-mergeView .cm-content");
        assertStringIncludes(await sides.nth(0).innerText(), "// others");
        assertStringIncludes(await sides.nth(1).innerText(), "// mine");
        assertStringIncludes(await Deno.readTextFile(file), "// others");
        await page.getByRole("button", { name: "Keep the right one" })
          .click();
        await page.locator(".saved").getByText("saved").waitFor();
        assertStringIncludes(await Deno.readTextFile(file), "// mine");
        await page.keyboard.press("Control+End");
        await page.keyboard.insertText("// more");
        await Deno.writeTextFile(file, before);
        await page.getByText("Left is the file").waitFor();
        await page.getByRole("button", { name: "Take the file" }).click();
        assertEquals(
          await page.locator(".cm-line", { hasText: "// m" }).count(),
          0,
        );
        assertEquals(await Deno.readTextFile(file), before);
      },
    );

    await t.step("opens the only file with an error", async () => {
      const client = copy.path(`answers/${LESSON}/client.ts`);
      const before = await Deno.readTextFile(client);
      await Deno.writeTextFile(client, `nonsense(;\n${before}`);
      await page.getByRole("tab", { name: /client.ts.*✗/ }).waitFor();
      await page.getByText("You passed before. Compare").waitFor();
      await page.reload();
      await page.getByRole("tab", { name: /client/, selected: true })
        .waitFor();
      await Deno.writeTextFile(client, before);
      await verdict(page, ALL_PASSED);
      await page.getByRole("tab", { name: "server.ts" }).click();
    });

    await t.step(
      "makes a file, gives a hint, and refuses what is no file",
      async () => {
        await page.getByRole("button", { name: "New file…" }).click();
        await page.keyboard.press("Enter");
        await page.getByText("first the file's name").waitFor();
        await page.keyboard.type("../x.ts");
        await page.keyboard.press("Enter");
        await page.getByText("that is no file of an answer").waitFor();
        await page.getByLabel("Name of the new file").fill("module.ts");
        await page.keyboard.press("Enter");
        await page.getByRole("tab", { name: "module.ts" }).waitFor();
        assertEquals(
          await Deno.readTextFile(copy.path(`answers/${LESSON}/module.ts`)),
          "\n",
        );
        await page.getByRole("button", { name: "Next hint" }).click();
        await page.getByText("Hint 1 of 3").waitFor();
        await open(`${LESSON}.compare.html`);
        await page.getByText("Only you have this file.").waitFor();
      },
    );
    // Refused requests are told on the console, too.
    assertEquals(
      troubles.filter((text) => !text.includes("status of 400")),
      [],
    );

    await t.step(
      "keeps nobody out, in light and dark, on a phone and on paper",
      async () => {
        await Deno.writeTextFile(file, "// TODO\nnonsense(;\n");
        // tests/bench/course_pages.ts looks at all of them.
        const places = [
          ...["index", "words", LESSON],
          ...[`${LESSON}.exercise`, `${LESSON}.compare`],
        ];
        const barriers: string[] = [];
        for (const place of places) {
          const isDark = place.endsWith("exercise");
          await page.emulateMedia({
            colorScheme: isDark ? "dark" : "light",
            media: "screen",
          });
          await open(`${place}.html`);
          if (isDark) await page.locator(".failure iframe").waitFor();
          await page.waitForLoadState("networkidle");
          barriers.push(...await findBarriers(page));
          await page.setViewportSize({ width: 400, height: 800 });
          barriers.push(...await page.evaluate(findWide));
          await page.setViewportSize({ width: 1440, height: 900 });
        }
        assertEquals(barriers, []);
        await page.emulateMedia({ media: "print", colorScheme: "light" });
        await open(`${LESSON}.html`);
        assert(await page.locator(".bar").isHidden());
        assert(await page.locator(".wire pre").first().isVisible());
        await page.emulateMedia({ media: "screen" });
        await copySolution(copy, LESSON, "server.ts");
        await open(`${LESSON}.exercise.html`);
      },
    );

    await t.step("is a site without a course behind it, too", async () => {
      const pages = new SitePages();
      await using site = Deno.serve(
        { hostname: "127.0.0.1", port: 0, onListen: () => {} },
        async (request) => {
          const { pathname } = new URL(request.url);
          const file = await pages.file(
            decodeURIComponent(pathname.slice(6)),
          );
          return file
            ? new Response(file.body, {
              headers: { "content-type": file.type },
            })
            : new Response("there is nothing here", { status: 404 });
        },
      );
      const other = await browser.newPage();
      const complaints = listen(other);
      const origin = `http://127.0.0.1:${site.addr.port}/site/`;
      await other.goto(`${origin}${LESSON}.html`);
      const ask = other.locator("#quiz ~ ol > li").nth(1);
      await ask.getByLabel("What do you say?").fill("no");
      await ask.getByRole("button", { name: "Keep it, and look" }).click();
      await ask.getByText("You said: no").waitFor();
      await other.reload();
      await ask.getByText("You said: no").waitFor();
      assertEquals(await other.getByText("▶ Run").count(), 0);
      await other.getByLabel("Search").fill("datagram");
      await other.getByRole("option").first().waitFor();
      await other.locator(".wire").scrollIntoViewIfNeeded();
      const wire = other.frameLocator(".wire iframe");
      await wire.getByText("read 10:").first().waitFor();
      assertEquals(complaints, []);
      await other.close();
    });

    await t.step("goes on when the course is started again", async () => {
      await course[Symbol.asyncDispose]();
      await page.locator("body.gone").waitFor();
      course = await Served.start(copy);
      await page.locator("body:not(.gone)").waitFor();
      await copySolution(copy, LESSON, "client.ts");
      await verdict(page, ALL_PASSED);
    });
  } finally {
    await context.close();
    await course[Symbol.asyncDispose]();
  }
});
