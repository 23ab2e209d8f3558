/**
 * The course as a site, without a browser: its pages, its links, its search,
 * what it keeps, and whom it answers.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { lessons, orientation } from "@lessons/catalogue.ts";
import { root } from "@lessons/places.ts";
import { buildSite, targetsOf } from "../../course/site/build.ts";
import {
  saysFailed,
  saysShortly,
  saysSoFar,
} from "../../course/site/client/counts.ts";
import { judge } from "../../course/site/client/judge.ts";
import { marksIn, onlyFileOf } from "../../course/site/client/remarks.ts";
import { changeBetween } from "../../course/site/client/text_change.ts";
import { search } from "../../course/site/client/search.ts";
import { SitePages } from "../../course/site/pages.ts";
import { fileOfPlace, placeOfFile, upFrom } from "../../course/site/paths.ts";
import { renderSection } from "../../course/site/render.ts";
import { searchIndex } from "../../course/site/search_index.ts";
import { hashOf } from "../../course/browser/script_page.ts";
import { startReaper } from "../../kit/reaper.ts";
import { readChain } from "../../course/slides/chain.ts";
import { headings } from "../../course/markdown.ts";

startReaper();

const pages = new SitePages();

/** The text of one of the site's pages. */
async function textOf(place: string): Promise<string> {
  const file = await pages.file(place);
  assert(file && typeof file.body === "string", place);
  return file.body;
}

Deno.test("the site is written as files that lead only to each other, and to what stands there", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const files = await buildSite(folder);
    const read = async (place: string) =>
      await Deno.readTextFile(`${folder}/${place}`);
    const names = [orientation, ...lessons].map(({ name }) => name);
    for (const name of names) {
      assert(files.includes(`${name}.html`));
      assert(files.includes(`decks/${name}.html`));
    }
    for (const name of ["words", "about", "wire/05_sticky_packets.2"]) {
      assert(files.includes(`${name}.html`), name);
    }
    const broken: string[] = [];
    const isPage = (place: string) => /^[^/]*\.html$/.test(place);
    for (const place of files.filter(isPage)) {
      const html = await read(place);
      const { isLive } = JSON.parse(
        /id="data">(.*?)<\/script>/.exec(html)?.[1] ?? "",
      );
      assertEquals(isLive, false);
      assert(!html.includes(".exercise.html"), place);
      for (const [, href = ""] of html.matchAll(/ href="([^"]+#[^"]+)"/g)) {
        if (/^https?:/.test(href)) continue;
        const [other = "", anchor = ""] = href.split("#");
        const text = other === "" ? html : await read(other);
        const isThere = text.includes(` id="${decodeURIComponent(anchor)}"`);
        if (!isThere) broken.push(`${place} → ${href}`);
      }
    }
    assertEquals(broken, []);
    const entries: { href: string }[] = JSON.parse(await read("search.json"));
    const places = new Set(entries.map(({ href }) => href.split("#")[0]));
    assertEquals([...places].filter((one) => !files.includes(one ?? "")), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("targetsOf() finds links, frames and modules, and nothing outside", () => {
  const html = [
    '<script type="importmap">{"integrity":{"./code/a.js":"x"}}</script>',
    '<a href="../b.html#c">b</a><a href="https://example.org/">out</a>',
    '<img src="files/d.svg"><a href="#e">here</a><a href="f/">folder</a>',
    '<img src="data:,"><a href="mailto:x">mail</a>',
  ].join("");
  assertEquals(targetsOf("x/y.html", html), [
    ...["b.html", "x/files/d.svg", "x/y.html", "x/f/index.html", "x/code/a.js"],
  ]);
});

Deno.test("a lesson's page has all of its text, its diagrams drawn, its commands and runs marked", async () => {
  for (const { name } of [orientation, ...lessons]) {
    const page = await textOf(`${name}.html`);
    const markdown = await Deno.readTextFile(
      new URL(`lessons/${name}/README.md`, root),
    );
    for (const { anchor, level } of headings(markdown)) {
      assertStringIncludes(page, `<h${level} id="${anchor}">`);
    }
    assert(!/sequenceDiagram|flowchart/.test(page), name);
    const commands = markdown.match(/^ *```console\n *\$ /gm)?.length ?? 0;
    assertEquals(page.match(/data-scene=/g)?.length ?? 0, commands, name);
    const runs = markdown.match(/^```text wire/gm)?.length ?? 0;
    assertEquals(page.match(/<iframe /g)?.length ?? 0, runs, name);
  }
});

Deno.test("a page runs only the scripts that it knows by their hashes", async () => {
  for (const place of ["index.html", "01_single_shot.html", "words.html"]) {
    const page = await textOf(place);
    const [, policy = ""] =
      /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    assertStringIncludes(policy, "default-src 'none'");
    assert(!/unsafe|\*|https?:/.test(policy), policy);
    const [, map = ""] =
      /<script type="importmap">(.*?)<\/script>/.exec(page) ??
        [];
    const { integrity } = JSON.parse(map);
    for (const [path, hash] of Object.entries(integrity)) {
      assertStringIncludes(policy, `'${hash}'`);
      const [file = ""] = path.slice(2).split("?");
      assertEquals(await hashOf(await textOf(file)), hash, path);
    }
    assertStringIncludes(policy, `'${await hashOf(map)}'`);
    assert(
      !/ on\w+=| style=/.test(page.replaceAll(/<pre[\s\S]*?<\/pre>/g, "")),
    );
  }
});

Deno.test("the site has no files but the course's own", async () => {
  for (
    const place of [
      "source/../deno.json.html",
      "source/lessons/../../etc/passwd.html",
      "source/answers/01_single_shot/server.ts.html",
      "source/.git/config.html",
      "source/lessons/nothing.ts.html",
      "files/lessons/nothing.svg",
      "files/deno.json",
      "code/nothing.js",
      "code/../pages.js",
      "99_nothing.html",
      "wire/01_single_shot.9.html",
      "decks/nothing.html",
    ]
  ) assertEquals(await pages.file(place), undefined, place);
  for (const file of ["lessons/program.ts", "tests/python/12_capstone/"]) {
    const place = placeOfFile(file) ?? "";
    assertEquals(fileOfPlace(place), file);
    assert(await pages.file(place), place);
  }
  assertEquals(upFrom("source/lessons/program.ts.html"), "../../");
});

Deno.test("the search finds headings before texts, and slides, by words that are only begun", async () => {
  const index = await searchIndex();
  const first = (typed: string) => search(index, typed)[0]?.entry;
  assertMatch(first("loopback addr")?.page ?? "", /Orientation|words|Single/);
  assertEquals(first("sticky packets")?.href.slice(0, 17), "05_sticky_packets");
  assertMatch(first("ephemeral")?.href ?? "", /^(00_orientation|words)/);
  const found = search(index, "half-close").map(({ entry }) => entry.href);
  assert(found.length > 0);
  assert(search(index, "chapp").length === 0);
  assert(
    search(index, "Nagle").some(({ entry }) => /^decks\//.test(entry.href)),
  );
  assertEquals(search(index, "  "), []);
  assert(search(index, "backpressure").length > 0, "as back-pressure");
  assert(!index.some(({ text }) => text.includes("sequenceDiagram")));
  const [{ part = "" } = {}] = search(index, "MTU maximum transmission");
  assertStringIncludes(part, "MTU");
});

Deno.test("an answer is judged where its first words tell, and left to the reader elsewhere", () => {
  for (
    const [said, answer, isRight] of [
      ["3", "Three: `h` is one byte and `é` two.", true],
      ["three bytes", "Three: `h` is one byte and `é` two.", true],
      ["2", "Three: `h` is one byte and `é` two.", false],
      ["no idea, some", "Three: `h` is one byte.", undefined],
      ["no", "No. The other side has said that it will send nothing.", true],
      ["never", "No. The other side has said so.", true],
      ["yes, sure", "No. The other side has said so.", false],
      ["Yes and no", "No. The other side has said so.", undefined],
      ["yes", "Yes: it may.", true],
      [
        "the listener",
        "The connection. The listener only gives you them.",
        undefined,
      ],
      ["2", "Between 2 and 4.", undefined],
      ["", "No.", undefined],
    ] as const
  ) assertEquals(judge(said, answer), isRight, `${said} / ${answer}`);
});

Deno.test("a check's counts do not look as if all were broken where what failed last was tried first", () => {
  const counts = { passed: 12, failed: 1, all: 29 };
  assertEquals(saysSoFar(counts), "checking 13 of 29");
  assertEquals(saysShortly(counts, false), "12 passed, 1 failed");
  assertEquals(saysShortly({ ...counts, failed: 0 }, false), "12 passed");
  assertEquals(saysShortly(counts, true), "what failed last fails still");
  assertEquals(
    saysFailed(counts, 16, false),
    "Not yet: 12 passed, 1 failed, 16 not tried.",
  );
  assertEquals(
    saysFailed({ ...counts, passed: 0 }, 28, true),
    "Not yet: what failed last was tried first, and fails still; 28 not tried.",
  );
  assertEquals(
    saysFailed({ ...counts, passed: 5 }, 23, true),
    "Not yet: what failed last was tried first, and fails still; 5 passed, 23 not tried.",
  );
});

Deno.test("what is wrong is marked within its line, and one file that has it all is known", () => {
  const text = {
    lines: 2,
    line: (number: number) => ({ from: 10 * number, to: 10 * number + 5 }),
  };
  const at = (line: number, column: number, length: number, file = "a.ts") => ({
    file,
    line,
    column,
    length,
    message: "",
  });
  const spans = [
    at(1, 2, 3),
    at(2, 1, 0),
    at(2, 4, 9),
    at(2, 9, 1),
    at(3, 1, 1),
  ];
  assertEquals(
    marksIn(text, spans).map(({ from, to }) => [from, to]),
    [[11, 14], [20, 25], [23, 25], [25, 25]],
  );
  assertEquals(onlyFileOf(spans), "a.ts");
  assertEquals(onlyFileOf([...spans, at(1, 1, 1, "b.ts")]), undefined);
  assertEquals(onlyFileOf([]), undefined);
});

Deno.test("a section is cut out of its page as it stands there, without what follows it", async () => {
  const html = await renderSection(
    "lessons/01_single_shot/README.md",
    "Quiz",
    "01_single_shot.exercise.html",
  );
  assertStringIncludes(html, "The listener only gives you connections.");
  assert(!html.includes("From Python") && !html.includes(' id="'));
  const file = "lessons/01_single_shot/README.md";
  const place = "01_single_shot.exercise.html";
  assertStringIncludes(
    await renderSection(file, "Read the code", place),
    'href="01_single_shot.html#exercise"',
  );
  assertEquals(await renderSection(file, "Nothing", "x.html"), "");
});

Deno.test("changeBetween() leaves what is the same alone", () => {
  const texts = ["", "a", "ab", "aba", "abba", "one\ntwo\n", "one\n2\ntwo\n"];
  for (const before of texts) {
    for (const after of texts) {
      const { from, to, insert } = changeBetween(before, after);
      assertEquals(before.slice(0, from) + insert + before.slice(to), after);
    }
  }
  const change = changeBetween("one\ntwo\n", "one\n2\ntwo\n");
  assertEquals(change, { from: 4, to: 4, insert: "2\n" });
});

Deno.test("readChain() takes a flowchart that is a chain, and no other", () => {
  const chain = ["flowchart TB", '  A["one: 1"] --> B', '  B["two"]'];
  assertEquals(readChain(chain), ["one: 1", "two"]);
  for (
    const other of [
      ["sequenceDiagram", "  A->>B: hi"],
      ["flowchart LR", '  A["one"]'],
      ["flowchart TB"],
      ["flowchart TB", '  A["one"] --> C', '  B["two"]'],
      ["flowchart TB", '  A["one"] --> B', '  B["two"] --> A'],
      ["flowchart TB", "  A --> B"],
    ]
  ) assertEquals(readChain(other), undefined);
});
