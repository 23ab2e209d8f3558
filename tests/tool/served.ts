/**
 * The course as `deno task course` serves it, in a copy of its own.
 *
 * @module
 */
import { assert } from "@std/assert";
import { type Copy, taskArgs } from "./copy.ts";
import { Screen } from "./screen.ts";

/** A course that is served. */
export class Served implements AsyncDisposable {
  private constructor(readonly screen: Screen, readonly address: string) {}

  /** Starts `deno task course` in a copy. */
  static async start(copy: Copy, ...args: string[]): Promise<Served> {
    const screen = new Screen(Deno.execPath(), {
      args: taskArgs("course", ...args),
      cwd: copy.folder,
      env: { NO_COLOR: "1", TMPDIR: copy.temporary, TEMP: copy.temporary },
    });
    await screen.shows("the course: ");
    return new Served(screen, (await screen.shows("\n")).trim());
  }

  /** Asks for something below the course's address. */
  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    return await fetch(`${this.address}${path}`, init);
  }

  /** Asks for a text. */
  async text(path: string): Promise<string> {
    return await (await this.ask(path)).text();
  }

  /** Posts as a page of the course does. */
  async post(path: string, body: unknown): Promise<Response> {
    const { origin } = new URL(this.address);
    return await this.ask(path, {
      method: "POST",
      headers: { origin },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  }

  /** Listens to a stream of events. */
  async listen(path: string): Promise<Events> {
    const { body } = await this.ask(path);
    assert(body);
    return new Events(body);
  }

  /** Ends it with Ctrl-C. @returns Its exit code. */
  async end(): Promise<number> {
    return await this.screen.interrupt();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.screen[Symbol.asyncDispose]();
  }
}

/** Events as a page hears them. */
export class Events implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = "";

  constructor(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.#reader = body.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** The next event's data; `undefined` where the stream has ended. */
  async next(): Promise<string | undefined> {
    while (true) {
      const end = this.#text.indexOf("\n\n");
      if (end !== -1) {
        const event = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        if (event.startsWith("data: ")) return event.slice("data: ".length);
        continue;
      }
      const { value, done } = await this.#reader.read();
      if (done) return undefined;
      this.#text += value;
    }
  }

  /** Waits for an event that is as it should be. */
  async until(isIt: (data: string) => boolean): Promise<string> {
    while (true) {
      const data = await this.next();
      assert(data !== undefined, "the stream has ended");
      if (isIt(data)) return data;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.cancel();
  }
}
