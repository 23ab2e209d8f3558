/**
 * Serves pages: the viewer's and the decks' to this machine's browsers, the
 * board's to a room, where its owner wants that.
 *
 * Whoever asks has to have asked for an address of this server, and not from
 * the page of another origin; where there is a token, he has to know it. So no
 * site that a browser visits and no name that somebody points at this machine
 * gets to it, and with a token no other user of the machine.
 *
 * @module
 */

/** A request that came from where it may. */
export interface Asked {
  /** Its method and path, without the token: `GET /news`. */
  readonly what: string;
  /** Whether a page of this server asks, and says so. */
  readonly isOwnPage: boolean;
  /** Its address, with what stands behind the `?`. */
  readonly url: URL;
  /** The request itself. */
  readonly request: Request;
  /** Who asks: an IP address. */
  readonly from: string;
}

/** What is served. */
export interface Served {
  /** The port; a free one unless told otherwise. */
  readonly port?: number;
  /** The address that it listens on; 127.0.0.1 unless told otherwise. */
  readonly hostname?: string;
  /** The addresses of this machine by which it may be asked for, as they stand in a URL; that which it listens on unless told otherwise. */
  readonly hosts?: readonly string[];
  /**
   * What each path has to begin with, `/token/news`; nothing unless told
   * otherwise. In the path, so that pages lead to each other without knowing it.
   */
  readonly token?: string;
  /** Answers a request; `undefined` where there is nothing. */
  readonly answer: (
    asked: Asked,
  ) => Response | undefined | Promise<Response | undefined>;
}

/** A server for pages. */
export class PageServer {
  /** Where it is: `http://127.0.0.1:40001`. */
  readonly origin: string;
  /** Where its pages are, with the token: `http://127.0.0.1:40001/token/`. */
  readonly address: string;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #hosts: ReadonlySet<string>;

  /**
   * Serves until it is closed.
   *
   * @throws {Deno.errors.AddrInUse} Where the port is taken.
   */
  constructor(readonly served: Served) {
    const { hostname = "127.0.0.1", hosts = [hostname] } = served;
    this.#server = Deno.serve({
      hostname,
      port: served.port ?? 0,
      onListen: () => {},
      onError: (error) =>
        plainText(500, error instanceof Error ? error.message : `${error}`),
    }, (request, { remoteAddr }) => this.#answer(request, remoteAddr.hostname));
    const { port } = this.#server.addr;
    this.#hosts = new Set(hosts.map((host) => hostOf(host, port)));
    this.origin = `http://${hosts[0]}:${port}`;
    this.address = `${this.origin}${prefixOf(served)}/`;
  }

  /** Settles when it has been closed. */
  get finished(): Promise<void> {
    return this.#server.finished;
  }

  /** Lets the answers that are under way end. */
  async close(): Promise<void> {
    await this.#server.shutdown();
  }

  async #answer(request: Request, from: string): Promise<Response> {
    const origin = request.headers.get("origin");
    const host = request.headers.get("host") ?? "";
    const isHere = this.#hosts.has(host) &&
      (origin === null || origin === `http://${host}`);
    // Only now: what a Host header says may be no address at all.
    const url = isHere ? URL.parse(request.url) : null;
    const prefix = prefixOf(this.served);
    if (url === null || !url.pathname.startsWith(`${prefix}/`)) {
      return plainText(
        403,
        "this page wants the address that the course printed",
      );
    }
    const what = `${request.method} ${url.pathname.slice(prefix.length)}`;
    const isOwnPage = origin !== null;
    const asked = { what, isOwnPage, url, request, from };
    return await this.served.answer(asked) ??
      plainText(404, "there is nothing here");
  }
}

function prefixOf({ token }: Served): string {
  return token === undefined ? "" : `/${token}`;
}

/** A token that nobody guesses. */
export function makeToken(): string {
  return crypto.getRandomValues(new Uint8Array(16)).toHex();
}

/** What a browser puts into the Host header: the port is left out where it is HTTP's own. */
function hostOf(name: string, port: number): string {
  return new URL(`http://${name}:${port}`).host;
}

/** How many events a browser may be behind. */
const MOST_BEHIND = 100;

/** What pages listen to: each event goes to all of them (HTML, "Server-sent events"). */
export class EventStream {
  readonly #browsers = new Set<ReadableStreamDefaultController<Uint8Array>>();

  /** Takes a page in. @param first What it alone hears at once, as {@linkcode eventOf} or a comment writes it. */
  open(first: string): Response {
    let own: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        own.enqueue(new TextEncoder().encode(first));
        this.#browsers.add(own);
      },
      cancel: () => void this.#browsers.delete(own),
    });
    return new Response(body, {
      headers: { ...HEADERS, "content-type": "text/event-stream" },
    });
  }

  /** Tells all pages. */
  send(event: string): void {
    const bytes = new TextEncoder().encode(event);
    for (const browser of this.#browsers) {
      if ((browser.desiredSize ?? 0) > -MOST_BEHIND) browser.enqueue(bytes);
      else { // it asks again by itself, and then gets all
        browser.close();
        this.#browsers.delete(browser);
      }
    }
  }

  /** How many pages listen. */
  get size(): number {
    return this.#browsers.size;
  }

  /** Lets all pages go. */
  close(): void {
    for (const browser of this.#browsers) browser.close();
    this.#browsers.clear();
  }
}

/** An event with this in it. */
export function eventOf(data: string): string {
  return `data: ${data}\n\n`;
}

/**
 * A page.
 *
 * @param framedBy Whose pages may show it in a frame: nobody's, or this server's own.
 * @param policy What else it may do, where it does not say so itself.
 */
export function page(
  html: string,
  framedBy: "none" | "self",
  policy: readonly string[] = [],
): Response {
  return new Response(html, {
    headers: {
      ...HEADERS,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": [
        `frame-ancestors '${framedBy}'`, // a page cannot say that of itself
        ...policy,
      ].join("; "),
    },
  });
}

/**
 * A file that a page asks for: a script, a picture, data.
 *
 * @param isLasting Whether it is the same for ever under the address that was asked for: then it need not be asked for again.
 */
export function wholeFile(
  type: string,
  body: string | Uint8Array<ArrayBuffer>,
  isLasting = false,
): Response {
  return new Response(body, {
    headers: {
      ...HEADERS,
      ...(isLasting
        ? { "cache-control": "private, max-age=31536000, immutable" }
        : {}),
      "content-type": type,
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; sandbox", // where somebody opens a picture by itself
    },
  });
}

/** An answer in one line. */
export function plainText(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { ...HEADERS, "content-type": "text/plain; charset=utf-8" },
  });
}

const HEADERS = {
  "cache-control": "no-store",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
