/**
 * Serves the board: to learners' tools, to the instructor's page and to the
 * projector's.
 *
 * Everybody in the room can reach it, and some will try. Who is not known is
 * heard seldom, who is known not too often; whatever is sent has its limits,
 * and nothing of it is ever markup.
 *
 * @module
 */
import {
  type Asked,
  eventOf,
  EventStream,
  PageServer,
  plainText,
} from "../browser/page_server.ts";
import { BadBody, readBody } from "../browser/body.ts";
import { exportCsv, exportJson } from "./export.ts";
import type { Known } from "./known.ts";
import { paintBoard } from "./page.ts";
import { Rates } from "./rates.ts";
import {
  BadRequest,
  MOST_BODY,
  readHand,
  readNickname,
  readObject,
  readReports,
  readText,
} from "../class/report.ts";
import { Room, type Seat } from "./room.ts";
import type { Store } from "./store.ts";

/** How long news is gathered before the pages hear it, in milliseconds. */
const GATHER_MS = 25;

/** How many pages may listen at once: each instructor has a few, a room of phones many. */
const MOST_PAGES = 600;

/** What a page gets. */
export interface BoardNews {
  /** The server's clock, in milliseconds since 1970. */
  readonly now: number;
  /** The learners that changed; at first all. */
  readonly seats: readonly Seat[];
}

/** A board that is served. */
export class Board {
  /** Where it is: `http://127.0.0.1:8000`. */
  readonly origin: string;
  readonly #server: PageServer;
  readonly #room: Room;
  readonly #pages = { named: new EventStream(), nameless: new EventStream() };
  /** Those who ask with a wrong code or secret, by their addresses: ten at once, then one every six seconds. */
  readonly #strangers = new Rates({ burst: 10, everyMs: 6000 });
  /** Learners, by their places: thirty at once, then two a second. */
  readonly #learners = new Rates({ burst: 30, everyMs: 500 });
  /** Those who join with the right code, by their addresses: a class behind one address comes all at once. */
  readonly #joining = new Rates({ burst: 320, everyMs: 1000 });
  readonly #changed = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Serves until it is closed.
   *
   * @param hosts The addresses of this machine by which it may be asked for, the one to print first.
   * @throws {Deno.errors.AddrInUse} Where the port is taken.
   */
  constructor(
    readonly store: Store,
    readonly known: Known,
    where: { hostname: string; hosts: readonly string[]; port: number },
  ) {
    this.#room = new Room(known);
    for (const { id, name } of store.learners()) this.#room.add(id, name);
    for (const { learner, report } of store.reports()) {
      this.#room.apply(learner, report);
    }
    for (const { learner, at, hand } of store.hands()) {
      this.#room.raise(learner, hand, at);
    }
    this.#server = new PageServer({
      ...where,
      answer: (asked) => this.#answer(asked),
    });
    this.origin = this.#server.origin;
  }

  /** The instructor's page. */
  get link(): string {
    return `${this.origin}/board?token=${this.store.token}`;
  }

  /** Lets what is under way end. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    for (const pages of Object.values(this.#pages)) pages.close();
    await this.#server.close();
  }

  async #answer(asked: Asked): Promise<Response | undefined> {
    try {
      return await this.#answerKnown(asked);
    } catch (error) {
      const isTheirs = error instanceof BadRequest || error instanceof BadBody;
      if (!isTheirs) throw error;
      return plainText(error.status, error.message);
    }
  }

  async #answerKnown(asked: Asked): Promise<Response | undefined> {
    switch (asked.what) {
      case "GET /":
        return plainText(
          200,
          "this is a class board; join it with: deno task join ADDRESS CODE NICKNAME",
        );
      case "POST /join":
        return await this.#join(asked);
      case "POST /reports":
        return await this.#report(asked);
      case "POST /hand":
        return await this.#raise(asked);
      case "GET /room":
        this.#mustHaveCode(asked);
        return await paintBoard("room", this.known);
      case "GET /room/news":
        this.#mustHaveCode(asked);
        return this.#listen("nameless");
      case "GET /board":
        this.#mustBeInstructor(asked);
        return await paintBoard("board", this.known);
      case "GET /board/news":
        this.#mustBeInstructor(asked);
        return this.#listen("named");
      case "POST /board/lower":
        this.#mustBeInstructor(asked);
        return await this.#lower(asked);
      case "GET /board/export.csv":
        this.#mustBeInstructor(asked);
        return download("board.csv", exportCsv(this.store));
      case "GET /board/export.json":
        this.#mustBeInstructor(asked);
        return download("board.json", exportJson(this.store));
      default:
        return undefined;
    }
  }

  async #join({ request, from }: Asked): Promise<Response> {
    const { code, nickname, secret } = readObject(
      await readBody(request, MOST_BODY),
      "the body",
    );
    if (!this.store.isCode(readText(code, "code", 40))) {
      this.#refuse(from, 403, "that is not the code of this board");
    }
    this.#joining.mustHave(from);
    this.#joining.take(from);
    const name = readNickname(nickname);
    const known = readText(secret, "secret", 100);
    if (known.length < 16) throw new BadRequest("the secret is too short");
    const { id, isNew } = await this.store.join(name, known);
    if (isNew) {
      this.#room.add(id, name);
      this.#tell(id);
    }
    return Response.json({ nickname: name });
  }

  async #report(asked: Asked): Promise<Response> {
    const id = this.#learner(asked);
    const reports = readReports(await readBody(asked.request, MOST_BODY));
    for (const report of await this.store.add(id, reports)) {
      this.#room.apply(id, report);
    }
    this.#tell(id);
    return Response.json({ taken: reports.length });
  }

  async #raise(asked: Asked): Promise<Response> {
    const id = this.#learner(asked);
    const body = readObject(
      await readBody(asked.request, MOST_BODY),
      "the body",
    );
    const hand = body.up === false ? undefined : readHand(body);
    const at = Date.now();
    await this.store.raise(id, at, hand);
    this.#room.raise(id, hand, at);
    this.#tell(id);
    return Response.json({ up: hand !== undefined });
  }

  async #lower({ url, isOwnPage }: Asked): Promise<Response> {
    if (!isOwnPage) {
      throw new BadRequest("only the board's page does that", 403);
    }
    const id = Number(url.searchParams.get("learner"));
    await this.store.raise(id, Date.now());
    this.#room.raise(id, undefined, Date.now());
    this.#tell(id);
    return new Response(null, { status: 204 });
  }

  /** Who asks. @throws {BadRequest} Where that is nobody whom the board knows, or somebody who asks too often. */
  #learner({ request, from }: Asked): number {
    const [, secret = ""] =
      /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
    const name = decoded(request.headers.get("x-nickname") ?? "");
    const id = this.store.find(name, secret);
    if (id === undefined) {
      return this.#refuse(from, 401, "the board does not know you: join again");
    }
    this.#learners.mustHave(String(id));
    this.#learners.take(String(id));
    return id;
  }

  #mustHaveCode({ url, from }: Asked): void {
    if (this.store.isCode(url.searchParams.get("code") ?? "")) return;
    this.#refuse(from, 403, "that is not the code of this board");
  }

  #mustBeInstructor({ url, from }: Asked): void {
    if (this.store.isToken(url.searchParams.get("token") ?? "")) return;
    this.#refuse(from, 403, "this page wants the link that the board printed");
  }

  /**
   * Refuses somebody who does not know what he should. Who does know it is
   * always heard: others may share his address, and one of them may be guessing.
   */
  #refuse(from: string, status: number, message: string): never {
    this.#strangers.mustHave(from);
    this.#strangers.take(from);
    throw new BadRequest(message, status);
  }

  /** All so far for a page that has just come, then what is new. */
  #listen(kind: "named" | "nameless"): Response {
    const { named, nameless } = this.#pages;
    if (named.size + nameless.size >= MOST_PAGES) {
      throw new BadRequest("too many pages listen", 503);
    }
    return this.#pages[kind].open(
      this.#news(this.#room.seats(kind === "named")),
    );
  }

  /** Has the pages hear of a learner, soon. */
  #tell(id: number): void {
    this.#changed.add(id);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const changed = [...this.#changed];
      this.#changed.clear();
      for (const kind of ["named", "nameless"] as const) {
        if (this.#pages[kind].size === 0) continue;
        const seats = changed.map((id) => this.#room.seat(id, kind === "named"))
          .filter((seat) => seat !== undefined);
        this.#pages[kind].send(this.#news(seats));
      }
    }, GATHER_MS);
  }

  #news(seats: readonly Seat[]): string {
    const news: BoardNews = { now: Date.now(), seats };
    return eventOf(JSON.stringify(news));
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function download(name: string, text: string): Response {
  return new Response(text, {
    headers: {
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="${name}"`,
      "content-type": name.endsWith(".csv")
        ? "text/csv; charset=utf-8"
        : "application/json",
      "x-content-type-options": "nosniff",
    },
  });
}
