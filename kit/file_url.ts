/**
 * Paths of this system.
 *
 * `node:url` has the like, and would take a tenth of a command's start to load.
 *
 * @module
 */

/** A `file:` URL as a path. @param system Whose; this one's unless told otherwise. */
export function fromFileUrl(
  { hostname, pathname }: URL,
  system: typeof Deno.build.os = Deno.build.os,
): string {
  const path = decodeURIComponent(pathname);
  if (system !== "windows") return path;
  const whole = hostname === "" ? path.slice(1) : `//${hostname}${path}`;
  return whole.replaceAll("/", "\\");
}
