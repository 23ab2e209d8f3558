/**
 * Writes the site as files, for any web host: pages, decks, and runs that can
 * be stepped through.
 *
 * @module
 */
import { lessons, orientation } from "@lessons/catalogue.ts";
import { startReaper } from "../../kit/reaper.ts";
import { SitePages } from "./pages.ts";

/**
 * Writes all pages, and all that they lead to.
 *
 * @param folder Where; it is made where it is missing.
 * @returns The files' names, from the folder.
 * @throws {Error} Where a page leads to what is not there.
 */
export async function buildSite(folder: string): Promise<string[]> {
  startReaper(); // before the folders of the runs, which it removes if this process is killed
  const pages = new SitePages();
  const written = new Set<string>();
  const wanted = ["index.html", "search.json"];
  for (const { name } of [orientation, ...lessons]) wanted.push(`${name}.html`);
  for (const { name } of lessons) wanted.push(`${name}.solution.html`);
  for (let place; (place = wanted.pop()) !== undefined;) {
    if (written.has(place)) continue;
    const file = await pages.file(place);
    if (!file) throw new Error(`Cannot write ${place}: there is none`);
    written.add(place);
    await write(`${folder}/${place}`, file.body);
    if (typeof file.body === "string" && file.type.startsWith("text/html")) {
      wanted.push(...targetsOf(place, file.body));
    }
  }
  return [...written].sort();
}

async function write(
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<void> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  if (typeof body === "string") await Deno.writeTextFile(path, body);
  else await Deno.writeFile(path, body);
}

/** Where no site is: places are told apart from links to elsewhere. */
const NOWHERE = "http://site.invalid/";

/** What a page leads to in the site, from its beginning: links, pictures, frames, scripts, and the modules of its import map. */
export function targetsOf(place: string, html: string): string[] {
  const links = [...html.matchAll(/ (?:href|src)="([^"]+)"/g)]
    .map(([, target = ""]) => target);
  const [, map = "{}"] =
    /<script type="importmap">(.*?)<\/script>/.exec(html) ??
      [];
  const { integrity = {} }: { integrity?: Record<string, string> } = JSON.parse(
    map.startsWith("{") ? map : "{}",
  );
  return [...links, ...Object.keys(integrity)]
    .map((target) => URL.parse(target, NOWHERE + place)?.href ?? "")
    .filter((href) => href.startsWith(NOWHERE))
    .map((href) => href.slice(NOWHERE.length).replace(/[?#].*$/, ""))
    .map((target) =>
      target === "" || target.endsWith("/") ? `${target}index.html` : target
    );
}
