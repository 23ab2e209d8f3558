/**
 * Figures: what each form draws of its text, and that every picture on a page
 * is the one of the text beside it.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { root } from "@lessons/places.ts";
import { drawBars } from "../../course/figures/bars.ts";
import { paintFigure, readFigure } from "../../course/figures/figure.ts";
import {
  figureFiles,
  loadFigure,
  pictureOf,
} from "../../course/figures/files.ts";
import { FigureProblem } from "../../course/figures/problem.ts";
import { trackedFiles } from "../tracked_files.ts";

const HEAD = "title: a title\nabout: what it is about\n";

/** The words in a picture, in the order in which they are drawn. */
function wordsIn(elements: readonly string[]): string[] {
  return elements.flatMap((element) =>
    [...element.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words = ""]) => words)
  ).filter((words) => words !== "");
}

/** Where the boxes of a picture stand, from left to right. */
function boxesIn(elements: readonly string[]): number[] {
  return elements.flatMap((element) =>
    [...element.matchAll(/class="box [^"]*" x="([\d.]+)"/g)].map(([, x]) =>
      Number(x)
    )
  );
}

const files = await figureFiles();

Deno.test("every picture of a figure is the one of its text, and has its page", async () => {
  const pictures = (await trackedFiles()).filter((file) =>
    /^lessons\/\w+\/figures\/.*\.svg$/.test(file)
  );
  assertEquals(files.map(pictureOf), pictures.toSorted());
  for (const file of files) {
    const figure = await loadFigure(file);
    const picture = await Deno.readTextFile(new URL(pictureOf(file), root));
    const isFresh = picture === paintFigure(figure);
    assert(isFresh, `${pictureOf(file)} is out of date: deno task pictures`);
    const [folder, name] = pictureOf(file).split("/figures/");
    const image = `![${figure.caption.description}](figures/${name})`;
    const pages = await Promise.all(
      (await trackedFiles()).filter((page) =>
        page.startsWith(`${folder}/`) && page.endsWith(".md")
      ).map((page) => Deno.readTextFile(new URL(page, root))),
    );
    assert(
      pages.some((page) => page.includes(image)),
      `${file} is on no page of its lesson, or its text there is old: deno task pictures`,
    );
  }
});

Deno.test("a figure is one file that says what it shows, in light and in dark", () => {
  const svg = paintFigure(readFigure(`bytes\n${HEAD}row: a(1 < >)`));
  assertStringIncludes(svg, "<title>a title</title>");
  assertStringIncludes(svg, "<desc>what it is about</desc>");
  assertStringIncludes(svg, "&lt;");
  assertStringIncludes(svg, "@media (prefers-color-scheme: dark)");
  assert(!/(href|src|url|@import|<script)/.test(svg));
  const light = paintFigure(
    readFigure(`bytes\n${HEAD}row: a(1)`),
    "light",
  );
  assert(!light.includes("prefers-color-scheme"));
});

Deno.test("bytes stand side by side, place under place, with their names, cuts and marks", () => {
  const { elements } = readFigure(
    `bytes\n${HEAD}row one: a(1 2) "long name"(3 .)\nmarks: here 0, there 3\nrow two: (1) / b(2 3 4)\nnote: said`,
  );
  assertEquals(wordsIn(elements), [
    ...["one", "a", "1", "2", "long name", "3", "here", "there"],
    ...["two", "1", "b", "2", "3", "4", "said"],
  ]);
  const places = boxesIn(elements);
  assertEquals(places.slice(0, 4), places.slice(4));
  assertEquals(elements.filter((one) => one.includes("cut")).length, 1);
  assertEquals(elements.filter((one) => one.includes("empty")).length, 1);
});

Deno.test("what came first stands where it leaves its buffer, in both directions", () => {
  const { elements } = readFigure(
    `buffers\n${HEAD}left | right\n→ ②b ①a | ③c | \n← | | ②b ①a\nsays: one | two`,
  );
  const placesOf = (chunk: string) =>
    elements.filter((element) => element.includes(`>${chunk}<`)).map(xOfWords);
  const [first = 0, firstBack = 0] = placesOf("①a");
  const [second = 0, secondBack = 0] = placesOf("②b");
  assert(first > second, "to the right");
  assert(firstBack < secondBack, "to the left");
  assertEquals(wordsIn(elements).slice(-2), ["one", "two"]);
});

function xOfWords(element: string): number {
  return Number(/ x="([\d.]+)"/.exec(element)?.[1]);
}

Deno.test("time runs to the right: bars, arrows, what is lost, and kills with their numbers", () => {
  const { elements } = readFigure(
    `timeline\n${HEAD}lane a file\nlane other\nstep 2: sync\nbar a file 0 4: half\narrow a file 1 other 3: ①\nlost other 2 a file 4: ②\nkill 1: before\nkill 3: after`,
  );
  const words = wordsIn(elements);
  for (const text of ["a file", "other", "sync", "half", "①", "②"]) {
    assertEquals(words.filter((word) => word === text), [text]);
  }
  assertEquals(words.filter((word) => word.startsWith("✗")), [
    ...["✗ lost", "✗1", "✗1", "✗2", "✗2"],
  ]);
  const cuts = elements.flatMap((one) =>
    [...one.matchAll(/class="a cut" x1="([\d.]+)"/g)].map(([, x]) => Number(x))
  );
  assert(Number(cuts[0]) < Number(cuts[1]));
});

Deno.test("bars are as long as their numbers, whatever stood on the terminal", () => {
  const { elements } = drawBars([
    "3 writes, 5 ms apart:",
    "  1 read  ██ 10",
    "  2 reads ████ 40 MB/s",
    "  3 reads 0",
  ]);
  assertEquals(wordsIn(elements), [
    ...[
      "3 writes, 5 ms apart:",
      "1 read",
      "10",
      "2 reads",
      "40 MB/s",
      "3 reads",
      "0",
    ],
  ]);
  const widths = elements.flatMap((one) =>
    [...one.matchAll(/class="box [^"]*".* width="([\d.]+)"/g)]
      .map(([, width]) => Number(width))
  );
  const [ten = 0, forty = 0, none] = widths;
  assertEquals(Math.round(forty / ten), 4);
  assertEquals(none, 0);
});

Deno.test("a figure says what is wrong when something in it is not so", () => {
  for (
    const [text, message] of [
      ["pie\n", '"pie" is no form'],
      ["bytes\nabout: a\nrow: a(1)", "needs a line title"],
      ["bytes\ntitle: a\nrow: a(1)", "needs a line about"],
      [`bytes\n${HEAD}rows: a(1)`, "known are row"],
      [`bytes\n${HEAD}row: a 1`, "parts look like"],
      [`bytes\n${HEAD}row: a(1)\nmarks: here`, "a name and a place"],
      [`bytes\n${HEAD}row: a(${"1 ".repeat(40)})`, "do not fit"],
      [`buffers\n${HEAD}one`, "two programs"],
      [`buffers\n${HEAD}a | b\n→ a | b`, "three places"],
      [`buffers\n${HEAD}a | b\nshouts: a | b`, "known are"],
      [`buffers\n${HEAD}a | b\n→ ${"①a ".repeat(9)} | |`, "does not fit"],
      [`timeline\n${HEAD}lane a\narrow a 1 b 2: x`, "known are panel"],
      [`timeline\n${HEAD}lane a\nbar a 1 2: x\nstep 99: y`, "does not fit"],
    ] as const
  ) {
    let thrown: unknown;
    try {
      readFigure(text);
    } catch (error) {
      thrown = error;
    }
    assert(thrown instanceof FigureProblem, text);
    assertStringIncludes(thrown.message, message);
  }
});
