/**
 * Text in HTML and SVG.
 *
 * @module
 */

/** A text as it stands in HTML or SVG, between tags or as an attribute in double quotes. */
export function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
