import { assertEquals } from "@std/assert";
import {
  countWords,
  fences,
  headings,
  links,
  numbersIn,
  readParts,
} from "../../course/markdown.ts";

Deno.test("headings() gives GitHub's anchors and leaves code out", () => {
  const page = "# A, b: C!\n```sh\n# no\n```\n## Zwei `Wörter`\n";
  assertEquals(headings(page).map(({ anchor }) => anchor), [
    "a-b-c",
    "zwei-wörter",
  ]);
  assertEquals(headings(page, 2).map(({ text }) => text), ["Zwei `Wörter`"]);
});

Deno.test("fences() gives what stands in blocks, without their indentation", () => {
  const page =
    "```ts ignore\na\n  b\n\n```\n1. item\n\n   ```console\n   $ c\n     d\n   ```\n```ts\n```\n";
  assertEquals(
    fences(page).map(({ info, lines, line }) => [info, lines, line]),
    [
      ["ts ignore", ["a", "  b", ""], 1],
      ["console", ["$ c", "  d"], 8],
      ["ts", [], 12],
    ],
  );
  assertEquals(fences(page, "ts").length, 1);
});

Deno.test("links() finds links and pictures, and none in code", () => {
  const page =
    "[a](x.md#y) and ![b](z.svg)\n`[no](no)`\n```text\n[no](no)\n```\n| [c][d] |\n\n[d]: e/\n";
  assertEquals(links(page), ["x.md#y", "z.svg", "e/"]);
});

Deno.test("readParts() gives comments and numbered items in their places", () => {
  const page =
    "1. one\n   <!-- varies -->\n   - deeper\n     1. deepest\n2. two\n\n- bullet\n\n<b>no comment</b>\n";
  assertEquals(readParts(page), [
    { kind: "item", line: 1, number: 1 },
    { kind: "comment", line: 2, text: "varies" },
    { kind: "item", line: 5, number: 2 },
  ]);
});

Deno.test("numbersIn() gives the numbers of one section, over its lists and headings", () => {
  const page =
    "# a\n1. no\n## b\n1. one\n2. two\n\ntext\n\n3. three\n### c\n4. four\n- no\n## d\n5. no\n";
  assertEquals(numbersIn(page, "b"), [1, 2, 3, 4]);
  assertEquals(numbersIn(page, "d"), [5]);
});

Deno.test("countWords() counts what is read in order, to the end of a section", () => {
  const page = "# one two\nthree `four five`\n\n```sh\nno no\n```\n" +
    "## six\n<!-- no -->\n- seven\n\n| eight | nine |\n| --- | --- |\n| ten | |\n\n" +
    "1. eleven\n\n   <details><summary>no</summary>\n\n   twelve\n\n   </details>\n" +
    "### thirteen ![not read](x.svg)\n## not any more\nnothing\n";
  assertEquals(countWords(page, "six"), 13);
  assertEquals(countWords(page, "nowhere"), 17);
});
