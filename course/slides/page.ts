/**
 * A lesson's page as HTML beside its deck, so that a slide's link leads there.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import MarkdownIt from "markdown-it";
import { headings } from "../markdown.ts";
import { escapeMarkup } from "../browser/markup.ts";
import { readChain } from "./chain.ts";
import { paintImage } from "./figure.ts";
import { drawSequence } from "./mermaid.ts";
import { Problem } from "./problem.ts";

/** How a page is painted. */
export interface PagePainter {
  /** Where a link leads; `undefined` where it leads nowhere from here. */
  readonly link: (href: string) => string | undefined;
  /** Where a picture is. */
  readonly picture: (src: string) => string | Promise<string>;
  /** A fenced block as HTML, that of a diagram excepted. @param line Where it begins, from 1. */
  readonly fence: (info: string, content: string, line: number) => string;
}

/** Paints a page: its headings have anchors, and its diagrams are drawn. */
export async function paintPage(
  text: string,
  painter: PagePainter,
): Promise<string> {
  const parser = new MarkdownIt({ html: true });
  const anchors = headings(text).map(({ anchor }) => anchor);
  const tokens = parser.parse(text, {});
  for (const token of tokens) {
    if (token.type === "heading_open") {
      token.attrSet("id", anchors.shift() ?? "");
    }
    for (const child of token.children ?? []) {
      if (child.type === "image") {
        const src = await painter.picture(String(child.attrGet("src")));
        child.attrSet("src", src);
      } else if (child.type === "link_open") {
        const href = painter.link(String(child.attrGet("href") ?? ""));
        if (href === undefined) child.attrs = null;
        else child.attrSet("href", href);
      }
    }
  }
  parser.renderer.rules.fence = (tokens, i) => {
    const { info = "", content = "", map = [0] } = tokens[i] ?? {};
    return info === "mermaid"
      ? diagram(content)
      : painter.fence(info, content, (map?.[0] ?? 0) + 1);
  };
  return parser.renderer.render(tokens, parser.options, {});
}

/**
 * A lesson's page beside its deck: its pictures are in it, and of its links
 * those stay that lead somewhere from there.
 *
 * @param name The lesson's, `01_single_shot`.
 */
export async function pageHtml(name: string): Promise<string> {
  const url = new URL(`lessons/${name}/README.md`, root);
  return await paintPage(await Deno.readTextFile(url), {
    link: (href) => /^(https?:|#)/.test(href) ? href : undefined,
    async picture(src) {
      const bytes = await Deno.readFile(new URL(src, url));
      return `data:image/svg+xml;base64,${bytes.toBase64()}`;
    },
    fence: (_, content) => `<pre><code>${escapeMarkup(content)}</code></pre>\n`,
  });
}

/** A diagram as a picture, or its words where it is neither a sequence nor a chain. */
function diagram(content: string): string {
  const chain = readChain(content.trimEnd().split("\n"));
  if (chain) {
    const boxes = chain.map((words) => `<li>${escapeMarkup(words)}</li>`);
    return `<ol class="chain">\n${boxes.join("\n")}\n</ol>\n`;
  }
  try {
    return paintImage(drawSequence(content.trimEnd().split("\n")), "diagram");
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return `<pre class="code" tabindex="0"><code>${
      escapeMarkup(content)
    }</code></pre>\n`;
  }
}
