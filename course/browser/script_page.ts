/**
 * A page that a script fills: one HTML file that needs no other.
 *
 * Its policy lets it load nothing, and run and apply only its own script and
 * style, which it knows by their hashes: what its data holds is text, whatever
 * it looks like.
 *
 * @module
 */
import { stripTypeScriptTypes } from "node:module";
import { escapeMarkup } from "./markup.ts";

/** What a page is made of. */
export interface ScriptPage {
  /** What it is called, as text. */
  readonly title: string;
  /** Its skeleton, as HTML. */
  readonly body: string;
  /** Its style. */
  readonly style: string;
  /** Its script, in TypeScript: the types are taken off. */
  readonly source: string;
  /** What the script reads, from the element `data`. */
  readonly data: unknown;
  /** Whether it asks its own server for more. */
  readonly asks: boolean;
}

/** Paints a page. */
export async function paintScriptPage(
  { title, body, style, source, data, asks }: ScriptPage,
): Promise<string> {
  const script = stripTypeScriptTypes(source);
  const policy = [
    "default-src 'none'",
    `script-src '${await hashOf(script)}'`,
    `style-src '${await hashOf(style)}'`,
    "img-src data:",
    ...(asks ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const tag = `<script type="module">${script}</script>`;
  return frameOf({ title, policy, style, body, data, script: tag });
}

/** What a page is put together from. */
export interface PageParts extends Pick<ScriptPage, "title" | "body" | "data"> {
  /** What it may load and run, as its policy says it. */
  readonly policy: readonly string[];
  /** Its style. */
  readonly style: string;
  /** What else stands in its head, as HTML. */
  readonly head?: string;
  /** Its script's element. */
  readonly script: string;
}

/** Puts a page together. */
export function frameOf(
  { title, policy, style, head = "", body, data, script }: PageParts,
): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escapeMarkup(title)}</title>
<style>${style}</style>${head}
</head>
<body>
${body}
<script type="application/json" id="data">${toScriptText(data)}</script>
${script}
</body>
</html>
`;
}

/** JSON that no tag and no comment can begin in. */
function toScriptText(data: unknown): string {
  return JSON.stringify(data).replace(
    /[<\u2028\u2029]/g,
    (character) =>
      `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** How a policy names a text that it allows. */
export async function hashOf(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return `sha256-${new Uint8Array(digest).toBase64()}`;
}
