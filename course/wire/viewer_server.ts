/**
 * Serves a viewer to this machine's browsers, and shows them runs live.
 *
 * @module
 */
import {
  type Asked,
  eventOf,
  EventStream,
  makeToken,
  page,
  PageServer,
  plainText,
} from "../browser/page_server.ts";
import { joinRecordings } from "./join.ts";
import type { Recording } from "./recording.ts";
import type { Story } from "./story.ts";
import { isOpenEnd, settledSteps } from "./live.ts";
import { paintViewer } from "./viewer.ts";
import { type ViewerNews, type ViewerRow, viewerRun } from "./viewer_data.ts";

/** How much longer than a look at a run has taken it is left alone before the next. */
const REST = 10;

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

/** Runs that pages show live. */
export class LiveRun {
  readonly #title: string;
  readonly #runOnce: RunOnce;
  readonly #browsers = new EventStream();
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
   * Nothing runs yet.
   *
   * @param title What the viewer is called.
   * @param runOnce Is called when somebody looks for the first time, and when somebody wants another run.
   * @param framedBy Whose pages may show it in a frame.
   */
  constructor(
    title: string,
    runOnce: RunOnce,
    readonly framedBy: "none" | "self" = "none",
  ) {
    this.#title = title;
    this.#runOnce = runOnce;
  }

  /** Lets the run that goes on end, and every browser go. */
  async close(): Promise<void> {
    await this.#running;
    this.#browsers.close();
  }

  /** Answers a request; its paths begin where the viewer is. */
  async answer(
    { what, isOwnPage }: Pick<Asked, "what" | "isOwnPage">,
  ): Promise<Response | undefined> {
    if (what === "GET /") return await this.#paint();
    if (what === "GET /news") return this.#tellNews();
    if (what === "POST /again" && isOwnPage) {
      if (this.#running) return plainText(409, "a run goes on");
      this.#start();
      return new Response(null, { status: 204 });
    }
    return undefined;
  }

  async #paint(): Promise<Response> {
    const html = await paintViewer(this.#title, {
      heads: { client: "", server: "" },
      connections: 0,
      rows: [],
      foot: [],
      live: { news: "news", again: "again" },
    });
    return page(html, this.framedBy);
  }

  /** All so far for a browser that has just come, then what is new. The first one starts the first run. */
  #tellNews(): Response {
    if (this.#news.run === 0) this.#start();
    return this.#browsers.open(
      eventOf(JSON.stringify({ ...this.#news, from: 0 })),
    );
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
    const rows = news.rows.slice(from);
    this.#browsers.send(eventOf(JSON.stringify({ ...news, from, rows })));
  }
}

/** A viewer that is served by itself. */
export class LiveViewer {
  /** Where it is, with its token: `http://127.0.0.1:40001/token/`. */
  readonly address: string;
  readonly #runs: LiveRun;
  readonly #server: PageServer;

  /** Serves a viewer on a free port of 127.0.0.1, with the parameters of {@linkcode LiveRun}. */
  constructor(title: string, runOnce: RunOnce) {
    this.#runs = new LiveRun(title, runOnce);
    this.#server = new PageServer({
      token: makeToken(),
      answer: (asked) => this.#runs.answer(asked),
    });
    this.address = this.#server.address;
  }

  /** Lets the run that goes on end, and closes the viewer in each browser. */
  async close(): Promise<void> {
    await this.#runs.close();
    await this.#server.close();
  }
}
