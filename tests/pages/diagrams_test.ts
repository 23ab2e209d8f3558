/**
 * Sequence diagrams, as pages and decks draw them.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { orientation } from "@lessons/catalogue.ts";
import { wholeLessons } from "@lessons/parts.ts";
import { root } from "@lessons/places.ts";
import { drawSequence } from "../../course/slides/mermaid.ts";
import { Problem } from "../../course/slides/problem.ts";
import { catchError } from "./catch_error.ts";

Deno.test("every sequence diagram on the pages can be drawn", async () => {
  for (const { name } of [orientation, ...wholeLessons]) {
    const url = new URL(`lessons/${name}/README.md`, root);
    const page = await Deno.readTextFile(url);
    for (
      const [, text = ""] of page.matchAll(
        /^```mermaid\n(sequenceDiagram\n[\s\S]*?)\n```$/gm,
      )
    ) {
      assert(drawSequence(text.split("\n")).rows.length > 0);
    }
  }
});

Deno.test("a diagram becomes a ladder whose right rail is the one that all arrows touch", () => {
  const { heads, rows } = drawSequence([
    "sequenceDiagram",
    "participant A as first",
    "participant S as server",
    "participant B as second",
    "A->>S: hello",
    "S-->>B: news",
    "B-xS: gone",
    "loop twice",
    "Note over A,S: both",
    "end",
  ]);
  assertEquals(heads, { client: "A: first, B: second", server: "server" });
  assertEquals(
    rows.map(({ side, spans, arrow }) => [side, spans[0]?.text, arrow?.stop]),
    [
      ["client", "A: hello", undefined],
      ["server", "B: news", undefined],
      ["client", "B: gone", "✗ lost"],
      [undefined, "┌ loop: twice", undefined],
      [undefined, "both", undefined],
      [undefined, "└ loop: twice", undefined],
    ],
  );
});

Deno.test("a diagram names its line when it says what is not known", () => {
  for (
    const [lines, message] of [
      ["A->>B: hi", "line 1 of the diagram"],
      ["sequenceDiagram\nA=>B: hi", "line 2 of the diagram"],
      ["sequenceDiagram\nA->>B: hi\nend", "there is no loop"],
      ["sequenceDiagram\nA->>B: hi\nloop x", "has no end"],
      ["sequenceDiagram\nA->>B: a<br/>b", "without <br/>"],
      ["sequenceDiagram\nA->>B: hi\nB->>C: hi\nC->>A: hi", "two rails"],
      ["sequenceDiagram\nA->>A: hi\nB->>A: hi", "use a note"],
      ["sequenceDiagram\nNote over A: hi", "two participants"],
      [`sequenceDiagram\nA->>B: ${"x".repeat(70)}`, "at most 66"],
    ] as const
  ) {
    const error = catchError(() => drawSequence(lines.split("\n")));
    assert(error instanceof Problem);
    assertStringIncludes(error.message, message);
  }
});
