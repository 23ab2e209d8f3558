/**
 * The slides are whole: all that they show is there, and an audience can read
 * it. What the tool does with decks that are not is tried here, too.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { lessons, orientation } from "@lessons/catalogue.ts";
import { wholeLessons } from "@lessons/parts.ts";
import { buildFiles } from "../../course/slides/build.ts";
import { type Deck, parseDeck, readDeck } from "../../course/slides/deck.ts";
import { Runs } from "../../course/slides/figure.ts";
import { pageHtml } from "../../course/slides/page.ts";
import { deckNames } from "../../course/slides/names.ts";
import { deckHtml } from "../../course/slides/html.ts";
import { BrokenDeck } from "../../course/slides/problem.ts";
import { testInBrowser } from "./browser.ts";
import { measurePages, measureSlides } from "./measure_slides.ts";
import { startReaper } from "../../kit/reaper.ts";
import { Copy, taskArgs } from "../tool/copy.ts";
import { Screen } from "../tool/screen.ts";

startReaper();

const names = await deckNames();

/** The decks of lessons that are whole. */
const decks = names.filter((name) =>
  [orientation, ...wholeLessons].some((lesson) => lesson.name === name)
);
const runs = new Runs();

Deno.test("every deck has its lesson", () => {
  const known = [orientation, ...lessons].map(({ name }) => name);
  assertEquals(names.filter((name) => !known.includes(name)), []);
});

for (const name of decks) {
  Deno.test(`${name} deck shows what is there, in 12 to 20 slides and 30 to 45 minutes`, async () => {
    const deck = await readWhole(name);
    const { length } = deck.slides;
    assert(length >= 12 && length <= 20, `${length} slides`);
    assert(
      deck.minutes >= 30 && deck.minutes <= 45,
      `${deck.minutes} minutes`,
    );
    const titles = deck.slides.map(({ title }) => title);
    assertEquals(
      titles.length,
      new Set(titles).size,
      "two slides have one heading",
    );
    const page = deckHtml(deck, { theme: "", isLive: false });
    const outside = [
      ...page.matchAll(/\b(?:src|href|url)\s*[=(]\s*"?([^"\s)>]*)/g),
    ]
      .map(([, target = ""]) => target);
    const links = [...page.matchAll(/<a href="([^"]*)"/g)].map(([, href]) =>
      href
    );
    assertEquals(
      outside.filter((target) =>
        !/^(data:|#|\d\d_\w+\.html$|\d\d_\w+\.page\.html#[\w-]+$|$)/.test(
          target,
        ) && !links.includes(target)
      ),
      [],
    );
  });
}

Deno.test("a deck names file and line when something in it is not so", async () => {
  const server = "lessons/01_single_shot/server.ts";
  for (
    const [slide, ...messages] of [
      [
        "```ts lessons/nowhere.ts\n```",
        "1.md:9: there is no file lessons/nowhere.ts",
      ],
      [`\`\`\`ts ${server} "gone"\n\`\`\``, "1.md:9: no line of", 'has "gone"'],
      [
        `\`\`\`ts ${server} "conn"\n\`\`\``,
        '1.md:9: "conn" stands in',
        "lines of",
      ],
      [
        `\`\`\`ts ${server} "using listener" .. "gone"\n\`\`\``,
        'after line 9 has "gone"',
      ],
      [`\`\`\`ts ${server} "using listener" ..\n\`\`\``, '.. needs a "text"'],
      [`\`\`\`ts ${server} "using\n\`\`\``, "cannot be read"],
      [`\`\`\`ts ${server} #90\n\`\`\``, "has the lines 1 to 24"],
      [`\`\`\`ts ${server}\n\`\`\``, "24 lines of code", "at most 16"],
      [`\`\`\`ts ${server} "using conn" mark "gone"\n\`\`\``, "to mark"],
      [`\`\`\`ts ${server} "using conn" marks\n\`\`\``, "marks is not known"],
      [`\`\`\`ts ${server} "using conn"\nx\n\`\`\``, "must be empty"],
      ["```ts\nconst pasted = true;\n```", "code is not pasted"],
      ["```rust x\n```", 'a fence "rust" is not known'],
      ["```ts ../../etc/passwd\n```", "is not in the course"],
      [
        "```mermaid\nsequenceDiagram\nA=B\n```",
        "1.md:9: line 2 of the diagram",
      ],
      ["```wire 99\n```", "a lesson's number"],
      ['```wire 1 less "gone"\n```', 'no row of the run has "gone"'],
      ["```wire 1 rows\n```", 'less "text" and rows'],
      ['```mermaid README.md block "## Start"\n```', "stands in no fence"],
      ["```wire 6\n```", "rows, at most 14"],
      ["```verdict 99\n```", "verdict needs a lesson's number"],
      ["```figure lessons/gone.txt\n```", "there is no file lessons/gone.txt"],
      ["```figure README.md\n```", "README.md: ", "is no form of a figure"],
      [
        '```bars lessons/01_single_shot/README.md "# 01 Single shot"\n```',
        "there is no bar",
      ],
      [
        `\`\`\`ts ${server} "await runServer" .. "using listener"\n\`\`\``,
        'do not end where what they begin ends: say whole "from"',
      ],
      ["```sh\ndeno task nothing\n```", "there is no task nothing"],
      ["```sh\ndeno run lessons/gone.ts\n```", "there is no lessons/gone.ts"],
      ["[gone](../lessons/gone.md)", "1.md:9: there is no ../lessons/gone.md"],
      ["![](../lessons/01_single_shot/wire.svg)", "no alternative text"],
      ["<b>bold</b>", "only comments"],
      ["#### deep", "out of order"],
      ["<!-- _class: odd -->", "odd is not known"],
      ["<!-- _class: columns -->", "needs two headings"],
      ["<!-- 1 min: another note -->", "has two notes"],
    ] as const
  ) {
    const error = await parse(
      `# A\n\n<!-- 1 min: a -->\n\n---\n\n## B\n\n${slide}\n\n<!-- 2 min: b -->\n`,
    ).catch((error: unknown) => error);
    assert(error instanceof BrokenDeck, slide);
    for (const message of messages) {
      assertStringIncludes(error.message, message);
    }
  }
  for (
    const [text, message] of [
      ["# A\n", "1.md:1: the slide needs a note"],
      ["# A\n\n<!-- two minutes -->\n", "<!-- 2 min: what you say -->"],
      ["## A\n\n<!-- 1 min: a -->\n", "must begin with a heading, #"],
      [
        "# A\n\n<!-- 1 min: a -->\n\n---\n\nB\n\n<!-- 1 min: a -->",
        "1.md:6: slide 2",
      ],
    ] as const
  ) {
    const error = await parse(text).catch((error: unknown) => error);
    assert(error instanceof BrokenDeck);
    assertStringIncludes(error.message, message);
  }
});

Deno.test("a deck shows the lines, the block and the rows that it names", async () => {
  const page = "lessons/01_single_shot/README.md";
  const deck = await parse([
    "# A",
    `\`\`\`console ${page} after "Run the client while no server" block "$ deno"\n\`\`\``,
    `\`\`\`ts lessons/01_single_shot/server.ts "using conn" .. "say" bare\n\`\`\``,
    '```wire 1 less "prints:" rows "accept" .. "write 10: ②"\n```',
    "<!-- 1 min: a -->",
  ].join("\n\n"));
  const [{ html = "" } = {}] = deck.slides;
  const text = html.replaceAll(
    /<desc>[\s\S]*?<\/desc>|<style>[\s\S]*?<\/style>|<[^>]*>/g,
    "",
  );
  assertStringIncludes(text, "client.ts\nerror: nothing is listening on");
  assertStringIncludes(text, "listener.accept();\nsay.connected(conn);");
  assertEquals(html.match(/<text(?! class="head").*/g)?.length, 4);
  assert(!html.includes("prints:"));
});

Deno.test("code on a slide keeps its colours in each line, and marks lines by more than colour", async () => {
  const deck = await parse(
    '# A\n\n```ts lessons/01_single_shot/server.ts #1-5 mark "Lesson 01"\n```\n\n<!-- 1 min: a -->\n',
  );
  const { html = "" } = deck.slides[0] ?? {};
  const lines = html.match(/<span class="line.*/g) ?? [];
  assertEquals(lines.length, 5);
  for (const line of lines) assertStringIncludes(line, "hljs-comment");
  assertEquals(lines.filter((line) => line.includes("marked")).length, 1);
});

Deno.test("a deck ends a snippet where what it begins ends, and folds commands that are too long", async () => {
  const [slide] = (await parse([
    "# A",
    '```ts lessons/02_conversation/server.ts whole "const buffer" .. "while" bare\n```',
    `\`\`\`sh\ndeno run ${"--allow-net=127.0.0.1 ".repeat(5)}x.ts\n\`\`\``,
    "<!-- 1 min: a -->",
  ].join("\n\n"))).slides;
  const lines = (slide?.html.match(/<span class="line">.*/g) ?? [])
    .map((line) => line.replaceAll(/<[^>]*>/g, ""));
  assertEquals(lines[0], "const buffer = new Uint8Array(1024);");
  const end = lines.indexOf("}");
  assertEquals(lines[end - 1]?.trimStart().slice(0, 16), "await conn.write");
  assert(!lines.some((line) => line.includes("//")), "bare");
  const [first = "", second = "", third] = lines.slice(end + 1);
  assert(first.endsWith(" \\") && first.length <= 80, first);
  assert(second.startsWith("    --allow-net"), second);
  assertEquals(third?.replace("</code></pre>", ""), undefined);
});

Deno.test("a slide shows its parts one after the other when a step stands between them", async () => {
  const [slide] = (await parse([
    "# A",
    "first",
    "<!-- step -->",
    "second",
    "```text\nthird\n```",
    "<!-- step -->",
    "- fourth",
    "<!-- 1 min: a -->",
  ].join("\n\n"))).slides;
  const { html = "" } = slide ?? {};
  assertStringIncludes(html, "<p>first</p>");
  const indexes = ["second", "third", "fourth"].map((words) => {
    const before = html.slice(0, html.indexOf(words));
    return /.*class="fragment" data-fragment-index="(\d+)"/s.exec(before)?.[1];
  });
  assertEquals(indexes[0], indexes[1]);
  assert(Number(indexes[1]) < Number(indexes[2]), indexes.join());
});

Deno.test("a run is built row by row when a deck says so", async () => {
  const [whole, built] = (await parse([
    "# A",
    '```wire 1 rows "connect 127" .. "write"\n```',
    "<!-- 1 min: a -->\n\n---",
    "## B",
    '```wire 1 rows "connect 127" .. "write" build\n```',
    "<!-- 1 min: b -->",
  ].join("\n\n"))).slides;
  assertEquals(whole?.html.match(/class="fragment"/g), null);
  const rows = built?.html.match(/<g class="fragment">/g)?.length;
  assertEquals(rows, built?.html.match(/<text(?! class="head")/g)?.length);
});

Deno.test("a deck shows the verdict on a starter, with the page's ports and the failed step marked", async () => {
  const [slide] = (await parse(
    "# A\n\n```verdict 1\n```\n\n<!-- 1 min: a -->",
  )).slides;
  const text = slide?.html.replaceAll(/<[^>]*>/g, "") ?? "";
  assertStringIncludes(text, "your server sent &quot;TODO\\n&quot;");
  assertStringIncludes(text, "port&gt;&quot;: 8001");
  assertStringIncludes(text, "from 127.0.0.1:54321");
  assert(!text.includes("it is asked for in"));
  const marked = slide?.html.match(/<span class="line marked">.*/g) ?? [];
  assertEquals(marked.length, 1);
  assertStringIncludes(marked[0] ?? "", "&gt;  6. the client gets");
});

Deno.test("each slide leads to a section of its lesson's page that is there", async () => {
  for (const name of decks) {
    const page = await pageHtml(name);
    const ids = [...page.matchAll(/<h\d id="([^"]+)"/g)].map(([, id]) => id);
    const { slides } = await readWhole(name);
    const sections = slides.slice(1).map(({ section }) => section?.anchor);
    assertEquals(sections.filter((one) => !ids.includes(one)), [], name);
    assert(new Set(sections).size > 4, `${name}: ${new Set(sections)}`);
  }
});

Deno.test("--build writes an index of the decks that are in the folder", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await buildFiles(folder, ["01_single_shot"], runs);
    const index = async () =>
      [...(await Deno.readTextFile(`${folder}/index.html`))
        .matchAll(/<td><a href="(\w+)\.html"/g)].map(([, name]) => name);
    assertEquals(await index(), ["01_single_shot"]);
    await buildFiles(folder, ["02_conversation"], runs);
    assertEquals(await index(), ["01_single_shot", "02_conversation"]);
    for (const file of ["01_single_shot.html", "01_single_shot.page.html"]) {
      assert((await Deno.stat(`${folder}/${file}`)).isFile);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("slides are served, reload when a deck changes, say what is broken, and end with Ctrl-C", async () => {
  await using copy = await Copy.make();
  for (const name of names.slice(3)) { // the index runs the lessons of all that are there
    await Deno.remove(copy.path(`slides/${name}.md`));
  }
  await using screen = new Screen(Deno.execPath(), {
    args: taskArgs("slides", "1"),
    cwd: copy.folder,
    env: { NO_COLOR: "1" },
  });
  await screen.shows("slides: ");
  const address = (await screen.shows("01_single_shot.html\n")).trim();
  const get = async (path: string) =>
    await (await fetch(`${address}${path}`)).text();
  assertStringIncludes(await get(""), "Single shot");
  assertStringIncludes(
    await get("01_single_shot.html"),
    'EventSource("changes")',
  );
  assertStringIncludes(
    await get("01_single_shot.page.html"),
    '<h2 id="run-it">',
  );
  assertStringIncludes(await get("99_nothing.html"), "no such deck");

  const changes = await fetch(`${address}changes`);
  const reader = changes.body?.pipeThrough(new TextDecoderStream()).getReader();
  assert(reader);
  assertStringIncludes((await reader.read()).value ?? "", ": here");
  await Deno.writeTextFile(copy.path("slides/01_single_shot.md"), "# Broken\n");
  assertEquals((await reader.read()).value, "data: \n\n");
  await reader.cancel();
  assertStringIncludes(
    await get("01_single_shot.html"),
    "slides/01_single_shot.md:1: the slide needs a note",
  );
  const broken = await copy.run("slides", "--build");
  assertEquals(broken.code, 1);
  assertStringIncludes(broken.stderr, "error: slides/01_single_shot.md:1: ");
  if (Deno.build.os !== "windows") assertEquals(await screen.interrupt(), 0);
});

Deno.test("slides takes one deck, and flags that go together", async () => {
  await using copy = await Copy.make();
  for (
    const [args, message] of [
      [["99"], 'there are no slides "99"; there are: '],
      [["1", "2"], '"2" is one word too many'],
      [["--sideways"], "unknown flag --sideways"],
      [["--out", "x"], "--out goes with --build"],
      [["--build", "--port", "1"], "exclude each other"],
      [["--port", "x"], "--port needs a whole number"],
    ] as const
  ) {
    const { code, stderr } = await copy.run("slides", ...args);
    assertEquals(code, 2);
    assertStringIncludes(stderr, message);
  }
});

testInBrowser(
  "every slide can be read at 1280 by 720 and printed whole, from a file without a network",
  async (t, browser) => {
    const folder = await Deno.makeTempDir();
    const page = await browser.newPage({
      viewport: { width: 1280, height: 720 },
    });
    try {
      await buildFiles(folder, names, runs);
      const requests: string[] = [];
      page.on("request", (request) => requests.push(request.url()));
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      const open = async (file: string, query = "") => {
        await page.goto(`file://${folder}/${file}.html${query}`);
        await page.waitForSelector("html[data-is-ready]");
      };

      for (const [i, name] of names.entries()) {
        await t.step(name, async () => {
          await open(name);
          assertEquals(await page.evaluate(measureSlides), []);
          if (i === 0) {
            await page.keyboard.press("Home");
            await page.keyboard.press("ArrowRight");
            await page.waitForURL(/#\/1$/);
            const speaker = page.waitForEvent("popup");
            await page.keyboard.press("s");
            const view = await speaker;
            await view.getByText(/^2 min/).waitFor();
            const current = view.frameLocator("#current-slide iframe");
            for (const shown of [current, page]) { // the one must not move the other
              await shown.locator(".slide-number-a", { hasText: /^2$/ })
                .waitFor();
            }
            await view.close();
          }

          await open(name, "?view=print");
          const { slides } = await readWhole(name);
          await page.waitForFunction(
            (count) => document.querySelectorAll(".pdf-page").length === count,
            slides.length,
          );
          const { problems } = await page.evaluate(measurePages);
          assertEquals(problems, []);
          const pdf = new TextDecoder("latin1").decode(
            await page.pdf({ preferCSSPageSize: true, printBackground: true }),
          );
          const pages = pdf.match(/\/Type\s*\/Page\b/g) ?? [];
          assertEquals(pages.length, slides.length);
        });
      }
      await t.step("index", async () => {
        await page.goto(`file://${folder}/index.html`);
        assertEquals(await page.locator("tbody a").count(), names.length);
      });
      assertEquals(
        requests.filter((url) => !/^(file|data|blob):|^about:blank/.test(url)),
        [],
      );
      assertEquals(errors, []);
    } finally {
      await page.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
);

/** A deck; its problems are the failure. */
async function readWhole(name: string): Promise<Deck> {
  return await readDeck(name, runs);
}

async function parse(text: string): Promise<Deck> {
  return await parseDeck("1", text, runs);
}
