/**
 * Serves decks to this machine, and reloads them when something changes.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import {
  type Asked,
  eventOf,
  EventStream,
  makeToken,
  page,
  PageServer,
  plainText,
} from "../browser/page_server.ts";
import { Builder } from "./build.ts";
import { deckNames } from "./names.ts";

/** What decks are made of; a change in a folder of programs makes their runs anew. */
const WATCHED = ["slides", "lessons", "solutions", "tests", "course/slides"];

/**
 * What a deck may do: it has all that it needs in it, and asks nobody but this
 * server. Its scripts stand in it, reveal.js as `data:`, and the speaker's view
 * is a window that it writes.
 */
const POLICY: readonly string[] = [
  "default-src 'none'",
  "script-src 'unsafe-inline' data:",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "font-src data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];

/** How long a burst of changes is waited out, in milliseconds. */
const BURST_MS = 100;

/** Decks as pages that reload themselves. */
export class DeckPages {
  readonly #builder: Builder;
  readonly #browsers = new EventStream();

  /** Nothing is built yet. @param pageOf Where a deck finds its lesson's page; beside it unless told otherwise. */
  constructor(pageOf?: (name: string) => string) {
    this.#builder = new Builder(true, undefined, pageOf);
  }

  /** Answers a request; its paths begin where the decks are. */
  async answer({ what }: Pick<Asked, "what">): Promise<Response | undefined> {
    if (what === "GET /changes") return this.#browsers.open(": here\n\n");
    if (what === "GET /" || what === "GET /index.html") {
      const index = await this.#builder.index(await deckNames());
      return page(index, "self", POLICY);
    }
    const [, name = "", kind] =
      /^GET \/(\d\d_\w+)(\.page)?\.html$/.exec(what) ??
        [];
    if (!(await deckNames()).includes(name)) {
      return plainText(404, "there is no such deck");
    }
    return kind === ".page"
      ? page(await this.#builder.page(name), "none", POLICY)
      : page(await this.#builder.deck(name), "self", POLICY); // the speaker's view has it in frames
  }

  /** Builds them anew from now on whenever something changes. @param onChange Hears of it, and whether a lesson has changed. */
  async watch(onChange = (_isLesson: boolean) => {}): Promise<void> {
    await watch((isLesson) => {
      this.#builder.forget(isLesson);
      this.#browsers.send(eventOf(""));
      onChange(isLesson);
    });
  }

  /** Lets all browsers go. */
  close(): void {
    this.#browsers.close();
  }
}

/**
 * Serves all decks on 127.0.0.1 until the program ends.
 *
 * @param port Which; 0 for a free one.
 * @param onReady Hears the address, `http://127.0.0.1:40001/token/`, when it can be visited.
 * @throws {Deno.errors.AddrInUse} Where the port is taken.
 */
export async function serveDecks(
  port: number,
  onReady: (address: string) => void,
): Promise<void> {
  const decks = new DeckPages();
  const server = new PageServer({
    port,
    token: makeToken(),
    answer: (asked) => decks.answer(asked),
  });
  onReady(server.address);
  decks.watch();
  await server.finished;
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
