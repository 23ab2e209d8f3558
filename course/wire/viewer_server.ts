/**
 * Serves a viewer to this machine's browsers, and shows them runs live.
 *
 * Whoever asks has to know the token that stands in the page's address, has to
 * have asked for 127.0.0.1, and not from the page of another origin: no other
 * user of the machine, no site that a browser visits and no name that somebody
 * points at this machine gets to it.
 *
 * @module
 */
import { joinRecordings } from "./join.ts";
import type { Recording } from "./recording.ts";
import type { Story } from "./story.ts";
import { isOpenEnd, settledSteps } from "./live.ts";
import { paintViewer } from "./viewer.ts";
import { type ViewerNews, type ViewerRow, viewerRun } from "./viewer_data.ts";

/** How much longer than a look at a run has taken it is left alone before the next. */
const REST = 10;

/** How many events a browser may be behind. */
const MOST_BEHIND = 100;

/** What a viewer needs to know of a run that is over. */
export interface RecordedRun {
  /** The recordings. */
  readonly recordings: readonly Recording[];
  /** What went wrong with the run itself. */
  readonly problem?: Error;
}

/** Runs a pair once. @param onRecorded As `runPair` calls it. */
export type RunOnce = (
  onRecorded: (read: () => Recording[]) => void,
) => Promise<RecordedRun>;

/** A viewer that is served, and the runs that it shows. */
export class LiveViewer {
  /** Where it is, with its token: `http://127.0.0.1:40001/?token=…`. */
  readonly address: string;
  readonly #title: string;
  readonly #runOnce: RunOnce;
  readonly #token = crypto.getRandomValues(new Uint8Array(16)).toHex();
  readonly #host: string;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #browsers = new Set<ReadableStreamDefaultController<Uint8Array>>();
  #news: ViewerNews = {
    run: 0,
    from: 0,
    isRunning: false,
    heads: { client: "", server: "" },
    connections: 0,
    rows: [],
    foot: [],
  };
  #rowTexts: string[] = [];
  #running: Promise<void> | undefined;
  #restUntil = 0;

  /**
   * Serves a viewer on a free port of 127.0.0.1.
   *
   * @param title What the viewer is called.
   * @param runOnce Is called when somebody looks for the first time, and when somebody wants another run.
   */
  constructor(title: string, runOnce: RunOnce) {
    this.#title = title;
    this.#runOnce = runOnce;
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request),
    );
    this.#host = `127.0.0.1:${this.#server.addr.port}`;
    this.address = `http://${this.#host}/?token=${this.#token}`;
  }

  /** Lets the run that goes on end, and closes the viewer in each browser. */
  async close(): Promise<void> {
    await this.#running;
    for (const browser of this.#browsers) browser.close();
    this.#browsers.clear();
    await this.#server.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const origin = request.headers.get("origin");
    const isOwn = request.headers.get("host") === this.#host &&
      (origin === null || origin === `http://${this.#host}`) &&
      searchParams.get("token") === this.#token;
    if (!isOwn) {
      return plain(403, "this page wants the address that the course printed");
    }
    const asked = `${request.method} ${pathname}`;
    if (asked === "GET /") return await this.#paint();
    if (asked === "GET /news") return this.#tellNews();
    if (asked === "POST /again" && origin !== null) {
      if (this.#running) return plain(409, "a run goes on");
      this.#start();
      return new Response(null, { status: 204 });
    }
    return plain(404, "there is nothing here");
  }

  async #paint(): Promise<Response> {
    const token = `?token=${this.#token}`;
    const html = await paintViewer(this.#title, {
      heads: { client: "", server: "" },
      connections: 0,
      rows: [],
      foot: [],
      live: { news: `/news${token}`, again: `/again${token}` },
    });
    return new Response(html, {
      headers: {
        ...HEADERS,
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": "frame-ancestors 'none'", // a page cannot say that of itself
      },
    });
  }

  /** All so far for a browser that has just come, then what is new. The first one starts the first run. */
  #tellNews(): Response {
    if (this.#news.run === 0) this.#start();
    let own: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        own.enqueue(eventOf({ ...this.#news, from: 0 }));
        this.#browsers.add(own);
      },
      cancel: () => void this.#browsers.delete(own),
    });
    return new Response(body, {
      headers: { ...HEADERS, "content-type": "text/event-stream" },
    });
  }

  #start(): void {
    const run = this.#news.run + 1;
    this.#rowTexts = [];
    this.#restUntil = 0;
    this.#tell({ ...this.#news, run, rows: [], isRunning: true });
    this.#running = this.#run().finally(() => this.#running = undefined);
  }

  async #run(): Promise<void> {
    const tell = (
      story: Story,
      more: Pick<ViewerNews, "isRunning" | "problem">,
    ) =>
      this.#tell({
        run: this.#news.run,
        from: 0,
        ...viewerRun(story),
        ...more,
      });
    const { recordings, problem } = await this.#runOnce((read) => {
      const begun = performance.now();
      if (begun < this.#restUntil) return;
      const soFar = read();
      if (soFar.length < 2) return;
      const story = joinRecordings(soFar);
      const closed = {
        ...story,
        steps: story.steps.filter((step) => !isOpenEnd(step)),
      };
      const steps = closed.steps.slice(0, settledSteps(closed, Date.now()));
      if (steps.length > 0) tell({ ...story, steps }, { isRunning: true });
      this.#restUntil = performance.now() +
        REST * (performance.now() - begun);
    });
    tell(joinRecordings(recordings), {
      isRunning: false,
      ...(problem ? { problem: problem.message } : {}),
    });
  }

  /** Tells all browsers what differs from what they have. */
  #tell(news: ViewerNews): void {
    const texts = news.rows.map((row: ViewerRow) => JSON.stringify(row));
    const differs = texts.findIndex((text, i) => text !== this.#rowTexts[i]);
    const from = differs === -1 ? texts.length : differs;
    this.#rowTexts = texts;
    this.#news = news;
    const event = eventOf({ ...news, from, rows: news.rows.slice(from) });
    for (const browser of this.#browsers) {
      if ((browser.desiredSize ?? 0) > -MOST_BEHIND) browser.enqueue(event);
      else { // it asks again by itself, and then gets all
        browser.close();
        this.#browsers.delete(browser);
      }
    }
  }
}

const HEADERS = {
  "cache-control": "no-store",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

function eventOf(news: ViewerNews): Uint8Array {
  return new TextEncoder().encode(`data: ${JSON.stringify(news)}\n\n`);
}

function plain(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { ...HEADERS, "content-type": "text/plain; charset=utf-8" },
  });
}
