/**
 * Paths of this system.
 *
 * @module
 */

/** A `file:` URL as a path of this system. */
export function fromFileUrl(url: URL): string {
  const path = decodeURIComponent(url.pathname);
  return Deno.build.os === "windows"
    ? path.slice(1).replaceAll("/", "\\")
    : path;
}
