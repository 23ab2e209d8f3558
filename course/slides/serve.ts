/**
 * Serves decks to this machine, and reloads them when something changes.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { Builder } from "./build.ts";
import { deckNames } from "./names.ts";

/** What decks are made of; a change in a folder of programs makes their runs anew. */
const WATCHED = ["slides", "lessons", "solutions", "tests", "course/slides"];

/** How long a burst of changes is waited out, in milliseconds. */
const BURST_MS = 100;

/**
 * Serves all decks on 127.0.0.1 until the program ends.
 *
 * @param port Which; 0 for a free one.
 * @param onReady Hears the address, `http://127.0.0.1:40001/`, when it can be visited.
 * @throws {Deno.errors.AddrInUse} Where the port is taken.
 */
export async function serveDecks(
  port: number,
  onReady: (address: string) => void,
): Promise<void> {
  const builder = new Builder(true);
  const browsers = new Set<ReadableStreamDefaultController<Uint8Array>>();

  const server = Deno.serve({
    hostname: "127.0.0.1",
    port,
    onListen: ({ port }) => onReady(`http://127.0.0.1:${port}/`),
  }, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/changes") return changes(browsers);
    if (pathname === "/" || pathname === "/index.html") {
      return respond(await builder.index());
    }
    const name = /^\/(\d\d_\w+)\.html$/.exec(pathname)?.[1] ?? "";
    return (await deckNames()).includes(name)
      ? respond(await builder.deck(name))
      : new Response("there is no such deck\n", { status: 404 });
  });

  watch((isLesson) => {
    builder.forget(isLesson);
    for (const browser of browsers) {
      browser.enqueue(new TextEncoder().encode("data:\n\n"));
    }
  });
  await server.finished;
}

/** Each browser that shows a deck listens here, and is told of a change. */
function changes(
  browsers: Set<ReadableStreamDefaultController<Uint8Array>>,
): Response {
  let own: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      own = controller;
      browsers.add(own);
      own.enqueue(new TextEncoder().encode(": here\n\n"));
    },
    cancel: () => void browsers.delete(own),
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
    },
  });
}

function respond(html: string): Response {
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
    },
  });
}

/** Hears of changes, a burst of them once. */
async function watch(onChange: (isLesson: boolean) => void): Promise<void> {
  const folders = WATCHED.map((name) => fromFileUrl(new URL(name, root)));
  const dist = fromFileUrl(new URL("slides/dist", root));
  const slides = fromFileUrl(new URL("slides", root));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLesson = false;
  using watcher = Deno.watchFs(folders);
  for await (const { kind, paths } of watcher) {
    const here = paths.filter((path) => !path.startsWith(dist));
    if (kind === "access" || here.length === 0) continue;
    isLesson ||= here.some((path) => !path.startsWith(slides));
    clearTimeout(timer);
    timer = setTimeout(() => {
      onChange(isLesson);
      isLesson = false;
    }, BURST_MS);
  }
}
