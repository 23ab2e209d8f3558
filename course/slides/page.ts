/**
 * A lesson's page as HTML beside its deck, so that a slide's link leads there.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import MarkdownIt from "markdown-it";
import { headings } from "../markdown.ts";
import { escapeMarkup } from "../browser/markup.ts";
import { paintFigure } from "./figure.ts";
import { drawSequence } from "./mermaid.ts";
import { Problem } from "./problem.ts";

/**
 * A lesson's page: its headings have anchors, its pictures are in it, and of
 * its links those stay that lead somewhere from there.
 *
 * @param name The lesson's, `01_single_shot`.
 */
export async function pageHtml(name: string): Promise<string> {
  const url = new URL(`lessons/${name}/README.md`, root);
  const text = await Deno.readTextFile(url);
  const parser = new MarkdownIt({ html: true });
  const anchors = headings(text).map(({ anchor }) => anchor);
  const tokens = parser.parse(text, {});
  for (const token of tokens) {
    if (token.type === "heading_open") {
      token.attrSet("id", anchors.shift() ?? "");
    }
    for (const child of token.children ?? []) {
      if (child.type === "image") {
        const file = new URL(String(child.attrGet("src")), url);
        const bytes = await Deno.readFile(file);
        child.attrSet("src", `data:image/svg+xml;base64,${bytes.toBase64()}`);
      } else if (child.type === "link_open") {
        const href = String(child.attrGet("href") ?? "");
        if (!/^(https?:|#)/.test(href)) child.attrs = null;
      }
    }
  }
  parser.renderer.rules.fence = (tokens, i) => {
    const { info = "", content = "" } = tokens[i] ?? {};
    return info === "mermaid"
      ? diagram(content)
      : `<pre><code>${escapeMarkup(content)}</code></pre>\n`;
  };
  return parser.renderer.render(tokens, parser.options, {});
}

/** A diagram as a picture, or its words where it is no sequence. */
function diagram(content: string): string {
  try {
    return paintFigure(drawSequence(content.trimEnd().split("\n")), "diagram");
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return `<pre><code>${escapeMarkup(content)}</code></pre>\n`;
  }
}
