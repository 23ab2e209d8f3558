/**
 * A command of the tool whose screen is waited for.
 *
 * @module
 */
import { stripAnsiCode } from "@std/fmt/colors";
import { guard, type Patience, within } from "../../kit/guard.ts";
import { SharedPatience, Strain } from "../../kit/strain.ts";

/** How long a command may take on a machine that keeps up, in milliseconds. */
const COMMAND_MS = 20_000;

/** Patience with a command, and with the programs that it starts. */
export function patienceWith(strain: Strain): Patience {
  return within(COMMAND_MS, new SharedPatience(() => [strain]));
}

/** A command whose output is waited for. */
export class Screen implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #strain: Strain;
  readonly #patience: Patience;
  readonly #keys: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reading: Promise<void>;
  #text = "";
  #seen = 0;
  #news = Promise.withResolvers<void>();

  /** Starts a command. Its stderr is not looked at. */
  constructor(command: string, options: Deno.CommandOptions) {
    this.#child = new Deno.Command(command, {
      ...options,
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#strain = new Strain(this.#child.pid);
    this.#patience = patienceWith(this.#strain);
    this.#keys = this.#child.stdin.getWriter();
    this.#reading = this.#read();
  }

  /** Waits for text after what was waited for last. @returns What came up to it. */
  async shows(text: string): Promise<string> {
    const look = async () => {
      while (true) {
        const at = this.#text.indexOf(text, this.#seen);
        if (at !== -1) {
          const before = this.#text.slice(this.#seen, at);
          this.#seen = at + text.length;
          return before;
        }
        await this.#news.promise;
      }
    };
    try {
      return await guard(this.#patience, look());
    } catch (error) {
      throw new Error(`no "${text}" in:\n${this.#text.slice(this.#seen)}`, {
        cause: error,
      });
    }
  }

  /** Sends keys. */
  async press(key: string): Promise<void> {
    await this.#keys.write(new TextEncoder().encode(key));
  }

  /** Presses Ctrl-C. @returns The exit code. */
  async interrupt(): Promise<number> {
    this.#child.kill("SIGINT");
    return await this.exitCode();
  }

  /** Waits for the command's end. */
  async exitCode(): Promise<number> {
    return (await guard(this.#patience, this.#child.status)).code;
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of this.#child.stdout) {
      this.#text += stripAnsiCode(decoder.decode(chunk, { stream: true }))
        .replaceAll("\r", "");
      this.#news.resolve();
      this.#news = Promise.withResolvers();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch { /* it has ended */ }
    await this.#keys.close().catch(() => {});
    await this.#child.status;
    await this.#reading;
    await this.#strain[Symbol.asyncDispose]();
  }
}
