/**
 * One client of the server: its jobs, and what bounds them.
 *
 * @module
 */
import { formatAddress } from "@lessons/program.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import {
  LineTooLongError,
  readLines,
} from "@lessons/08_concurrent_server/lines.ts";
import { within } from "@lessons/09_timeouts_and_buffers/deadline.ts";

/** The longest line, in bytes. */
const LONGEST = 65_536;

/** The longest time that a job may take, in milliseconds. */
const LONGEST_JOB_MS = 60_000;

type Timer = ReturnType<typeof setTimeout>;

/** What one client may take. */
export interface Limits {
  /** How many jobs run at once. */
  readonly jobs: number;
  /** How long a connection may be silent while none runs, in milliseconds. */
  readonly idle: number;
  /** How long a client may take nothing of its answers, in milliseconds. */
  readonly stall: number;
}

/** Serves one client. Its connection is the caller's to close, when {@linkcode serve} has ended. */
export class Desk {
  readonly #conn: Deno.Conn;
  readonly #limits: Limits;
  /** The jobs that run, by what ends them; an answer that the client has not taken is one, too. */
  readonly #running = new Set<object>();
  readonly #timers = new Set<Timer>();
  #idleTimer: Timer | undefined;
  /** The answer that is being written; the next begins when it is done. */
  #sending: Promise<void> = Promise.resolve();
  #jobDone = Promise.withResolvers<void>();
  #isClosing = false;
  readonly #closing = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<void>();
  readonly #cutOff = {
    close: () => {
      console.log(`cut off ${formatAddress(this.#conn.remoteAddr)}`);
      this.#over.resolve();
    },
  };

  /** A desk for one client. */
  constructor(conn: Deno.Conn, limits: Limits) {
    this.#conn = conn;
    this.#limits = limits;
    this.#over.promise.catch(() => {}); // by then serve() may have ended
  }

  /** Takes lines and answers them, until the client has left, is let go, or is cut off. */
  async serve(): Promise<void> {
    const { promise: isOver } = this.#over;
    this.#restartIdle();
    try {
      const lines = this.#takeLines();
      await Promise.race([lines, this.#closing.promise, isOver]);
      this.drain();
      await Promise.race([this.#finish(), isOver]);
    } finally {
      this.drain();
      for (const timer of this.#timers) clearTimeout(timer);
    }
  }

  /** Takes no more lines; the jobs that run are finished. */
  drain(): void {
    this.#isClosing = true;
    clearTimeout(this.#idleTimer);
    this.#closing.resolve();
  }

  async #takeLines(): Promise<void> {
    try {
      for await (const line of readLines(this.#conn, LONGEST)) {
        if (this.#isClosing) return;
        await this.#take(line);
      }
    } catch (error) {
      if (!(error instanceof LineTooLongError)) throw error;
      await this.#answer(`error: ${error.message}`);
    }
  }

  /** Does what a line asks for, or begins it. No further line is read before. */
  async #take(line: string): Promise<void> {
    if (line === "ping") return await this.#answer("pong");
    const [, id, ms, text] = /^(\d{1,9}) (\d{1,5}) (.*)$/s.exec(line) ?? [];
    if (text === undefined || Number(ms) > LONGEST_JOB_MS) {
      const itsId = /^\d{1,9} /.exec(`${line} `)?.[0] ?? "";
      const why = `want <id> <ms> <text>, with 0 to ${LONGEST_JOB_MS} ms`;
      return await this.#answer(`${itsId}error: ${why}`);
    }
    while (this.#running.size >= this.#limits.jobs) {
      await this.#jobDone.promise;
    }
    if (!this.#isClosing) {
      this.#start(Number(ms), `${id} ${text.toUpperCase()}`);
    }
  }

  #start(ms: number, answer: string): void {
    const job = this.#begin();
    const timer = setTimeout(async () => {
      this.#timers.delete(timer);
      try {
        await this.#send(answer);
      } catch (error) {
        this.#over.reject(error);
      }
      this.#end(job);
    }, ms);
    this.#timers.add(timer);
  }

  /** Says something that takes no time. Until the client has taken it, it is a job that runs. */
  async #answer(line: string): Promise<void> {
    const job = this.#begin();
    await this.#send(line);
    this.#end(job);
  }

  /** A job runs from now on. @returns What ends it. */
  #begin(): object {
    const job = {};
    this.#running.add(job);
    clearTimeout(this.#idleTimer);
    return job;
  }

  #end(job: object): void {
    this.#running.delete(job);
    this.#jobDone.resolve();
    this.#jobDone = Promise.withResolvers();
    this.#restartIdle();
  }

  /** Waits for the jobs that run, and for the last line on its way. */
  async #finish(): Promise<void> {
    while (this.#running.size > 0) await this.#jobDone.promise;
    await this.#sending;
  }

  /** The time begins anew in which the client should say something. */
  #restartIdle(): void {
    clearTimeout(this.#idleTimer);
    if (this.#isClosing || this.#running.size > 0) return;
    const { idle } = this.#limits;
    this.#idleTimer = setTimeout(() => {
      this.#send(`error: idle for ${idle} ms`).catch(this.#over.reject);
      this.drain();
    }, idle);
  }

  /** Sends a line when those before it are sent: no write begins inside another. */
  #send(line: string): Promise<void> {
    const bytes = new TextEncoder().encode(`${line}\n`);
    const write = (part: Uint8Array) => {
      const { stall } = this.#limits;
      return within(stall, "reader", this.#cutOff, this.#conn.write(part));
    };
    const sent = this.#sending.then(() => writeAll({ write }, bytes));
    this.#sending = sent.catch(() => {}); // whoever sent it hears of it
    return sent;
  }
}
