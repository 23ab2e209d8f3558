/**
 * A board for tests, in this process and on a free port, and learners for it.
 *
 * @module
 */
import { Known } from "../../course/board/known.ts";
import type { Report } from "../../course/class/report.ts";
import { Board, type BoardNews } from "../../course/board/serve.ts";
import { Store } from "../../course/board/store.ts";

let loaded: Promise<Known> | undefined;

/** What the board knows of the course; read once. */
export async function known(): Promise<Known> {
  return await (loaded ??= Known.load());
}

/** A report of the first case of lesson 05's check, with what is to be different. */
export function report(more: Partial<Report> = {}): Report {
  return {
    id: crypto.randomUUID(),
    at: 1_000_000,
    lesson: "05_sticky_packets",
    attempt: 1,
    passed: 0,
    isWhole: false,
    ...more,
  };
}

/** A board that is served. */
export class Hall implements AsyncDisposable {
  private constructor(readonly store: Store, readonly board: Board) {}

  /** Opens one. @param file Where it keeps all; nowhere unless told otherwise. */
  static async open(file = ":memory:"): Promise<Hall> {
    const store = new Store(file);
    const where = { hostname: "127.0.0.1", hosts: ["127.0.0.1"], port: 0 };
    return new Hall(store, new Board(store, await known(), where));
  }

  /** Asks the board. @returns HTTP's number, and what it said. */
  async ask(
    path: string,
    init: RequestInit = {},
  ): Promise<{ status: number; text: string }> {
    const response = await fetch(this.board.origin + path, init);
    return { status: response.status, text: await response.text() };
  }

  /** Posts JSON. */
  async post(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; text: string }> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return await this.ask(path, { method: "POST", headers, body: text });
  }

  /** A learner who has joined. */
  async learner(nickname: string): Promise<LearnerAt> {
    const secret = crypto.randomUUID();
    const { code } = this.store;
    const { status, text } = await this.post("/join", {
      code,
      nickname,
      secret,
    });
    if (status !== 200) throw new Error(`cannot join: ${text}`);
    return new LearnerAt(this, nickname, secret);
  }

  /** What a page hears first. @param page Its path, with its code or token. */
  async news(page: "board" | "room"): Promise<BoardNews> {
    const key = page === "board"
      ? `token=${this.store.token}`
      : `code=${this.store.code}`;
    const response = await fetch(`${this.board.origin}/${page}/news?${key}`);
    let text = "";
    for await (
      const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []
    ) {
      text += part;
      if (text.endsWith("\n\n")) break;
    }
    return JSON.parse(text.replace("data: ", ""));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.board.close();
    this.store[Symbol.dispose]();
  }
}

/** A learner of a board. */
export class LearnerAt {
  /** A learner who has joined with this name and this secret. */
  constructor(
    readonly hall: Hall,
    readonly nickname: string,
    readonly secret: string,
  ) {}

  get headers(): Record<string, string> {
    return {
      authorization: `Bearer ${this.secret}`,
      "x-nickname": encodeURIComponent(this.nickname),
    };
  }

  async tell(...reports: Report[]) {
    return await this.hall.post("/reports", { reports }, this.headers);
  }

  async raise(hand: unknown) {
    return await this.hall.post("/hand", hand, this.headers);
  }
}
