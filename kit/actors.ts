/**
 * Programs that act in a script. Each act is a step.
 *
 * @module
 */
import { type Address, formatAddress, type Place } from "@lessons/program.ts";
import { quote, quoteAt, quoteLine, toBytes } from "./bytes.ts";
import { like, line, type WantedLine } from "./expectations/line.ts";
import { text, trimEnd, type WantedOutput } from "./expectations/output.ts";
import { Failure } from "./failure.ts";
import { firstOf, guard, Hang } from "./guard.ts";
import type { Program } from "./program.ts";
import type { Scene } from "./scene.ts";
import type { ServerPeer } from "./server_peer.ts";
import { TcpPeer } from "./tcp_peer.ts";

/** How long somebody waits for a program to take what is typed, in milliseconds. */
const OFFER_MS = 300;

/** A program in a script. */
export class ProgramActor {
  /** An act of this program becomes a step of this script. */
  constructor(readonly scene: Scene, readonly program: Program) {
    scene.actors.push(this);
  }

  /** What a verdict calls it. */
  get label(): string {
    return this.program.label;
  }

  /**
   * It prints this line next on stdout, or one that meets this expectation.
   *
   * @returns The line.
   */
  async prints(wanted: string | WantedLine): Promise<string> {
    const { says, exact, isRight } = typeof wanted === "string"
      ? line(wanted)
      : wanted;
    return await this.scene.step(`${this.label} prints ${says}`, async () => {
      const printed = await this.program.line(says);
      if (isRight(printed)) return printed;
      if (exact === undefined) {
        throw new Failure(
          `${this.label} printed ${
            quoteLine(printed)
          }; it was expected to print ${says}`,
        );
      }
      const received = this.program.lastLine; // its bytes: they may be no UTF-8
      throw new Failure(
        `${this.label} printed ${
          quoteLine(received, exact)
        }; it was expected to print ${quoteLine(exact, received)}`,
        { expected: toBytes(exact), received },
      );
    });
  }

  /** It prints each of these lines, in order. */
  async printsLines(...lines: string[]): Promise<void> {
    for (const line of lines) await this.prints(line);
  }

  /** All that it has printed when it ends is this, and it ends with this exit code. */
  async printsAll(wanted: string | WantedOutput, code = 0): Promise<void> {
    const { example, isExample = false, shown, isRight } =
      typeof wanted === "string" ? text(wanted) : wanted;
    const what = quote(example);
    await this.scene.step(
      `${this.label} prints ${what}, and ends with exit code ${code}`,
      async () => {
        const exit = await this.program.exits();
        const all = this.program.stdout;
        this.program.seeAll();
        const printed = trimEnd(all);
        if (!isRight(printed)) {
          const wrong = quoteAt(shown(all), example);
          throw new Failure(
            `${this.label} printed ${wrong}; it was expected to print ${
              quoteAt(example, shown(all))
            }`,
            { expected: toBytes(example), received: toBytes(all), isExample },
          );
        }
        if (exit.code !== code) {
          throw new Failure(
            `${this.label} ended with exit code ${exit.code}; it was expected to end with ${code}`,
          );
        }
      },
    );
  }

  /** Somebody types a line. */
  async hears(line: string): Promise<void> {
    await this.scene.step(
      `somebody types ${quoteLine(line)} to ${this.label}`,
      () => this.isOffered(this.program.type(`${line}\n`)),
    );
  }

  /** Waits until the program has taken what is typed to it, but not for long: one that takes no more is judged by what it does. */
  async isOffered(typed: Promise<void>): Promise<void> {
    await firstOf(typed, OFFER_MS);
  }

  /** Somebody types a line, and it prints this one next. */
  async answers(line: string, wanted: string | WantedLine): Promise<void> {
    await this.hears(line);
    await this.prints(wanted);
  }

  /**
   * Many lines are typed at once, faster perhaps than it takes them.
   *
   * @returns Settles when it has taken them all.
   */
  async hearsMany(lines: readonly string[]): Promise<{ taken: Promise<void> }> {
    return await this.scene.step(
      `somebody types ${lines.length} lines to ${this.label}`,
      () => ({
        taken: this.program.type(lines.map((line) => `${line}\n`).join("")),
      }),
    );
  }

  /** Its stdin ends. */
  async hearsNoMore(): Promise<void> {
    await this.scene.step(
      `the input of ${this.label} ends`,
      () => this.isOffered(this.program.endInput()),
    );
  }

  /** It gets a Ctrl-C. */
  async getsCtrlC(): Promise<void> {
    await this.scene.step(
      `${this.label} gets a Ctrl-C`,
      () => this.program.signal("SIGINT"),
    );
  }

  /** It ends by itself with exit code 0, and this is all that it wrote on stderr. */
  async endsWell(stderr = ""): Promise<void> {
    const what = stderr === ""
      ? "nothing on stderr"
      : `${JSON.stringify(stderr)} on stderr`;
    await this.scene.step(
      `${this.label} ends with exit code 0 and ${what}`,
      async () => {
        await this.#exits(0);
        const written = trimEnd(this.program.stderr);
        if (written === stderr) return;
        throw new Failure(
          `${this.label} wrote ${
            quote(written)
          } on stderr; it was expected to write ${what}`,
        );
      },
    );
  }

  /** It writes this line next on stderr. */
  async notes(line: string): Promise<void> {
    await this.scene.step(
      `${this.label} writes "${line}" on stderr`,
      () => this.program.errorLine(line),
    );
  }

  /** It ends by itself, in whatever way. */
  async ends(): Promise<void> {
    await this.scene.step(
      `${this.label} ends`,
      () => this.program.exits(),
    );
  }

  /** It ends by itself with this exit code. */
  async exits(code: number): Promise<void> {
    await this.scene.step(
      `${this.label} ends with exit code ${code}`,
      () => this.#exits(code),
    );
  }

  /**
   * It gives up: one line on stderr that begins with `error: ` and has these words in it.
   *
   * @param code The exit code: 1 for the world's fault, 2 for a wrong command line.
   */
  async gives(code: 1 | 2, ...words: string[]): Promise<void> {
    await this.givesAfter("", code, ...words);
  }

  /** It gives up as in {@linkcode gives}, and the one line stands after this notice. */
  async givesAfter(
    notice: string,
    code: 1 | 2,
    ...words: string[]
  ): Promise<void> {
    const says = words.filter((word) => word !== "")
      .map((word) => `"${word}"`).join(" and ");
    const what = `one line on stderr, "error: …"${
      says && ` with ${says} in it`
    }${notice && `, after "${notice}"`}`;
    await this.scene.step(
      `${this.label} ends with exit code ${code} and ${what}`,
      async () => {
        await this.#exits(code);
        const { stderr } = this.program;
        const lines = stderr.trimEnd().split(/\r?\n/);
        const error = lines.pop() ?? "";
        // Other languages have their own way to say that a command line is wrong.
        const isUsage = code === 2 && this.program.isForeign &&
          USAGE_ERROR.test(stderr);
        const isRight =
          (isUsage || lines.join("\n") === notice && /^error: /.test(error)) &&
          words.every((word) => error.includes(word));
        if (!isRight) {
          throw new Failure(
            `${this.label} wrote ${
              quote(stderr)
            } on stderr; it was expected to write ${what}`,
          );
        }
      },
    );
  }

  async #exits(code: number): Promise<void> {
    const exit = await this.program.exits();
    if (exit.code !== code) {
      const how = exit.signal ? ` (${exit.signal})` : "";
      throw new Failure(
        `${this.label} ended with exit code ${exit.code}${how}; it was expected to end with ${code}`,
      );
    }
  }
}

/** What Python's argparse writes: how the program is called, and below it `server.py: error: …`. */
const USAGE_ERROR = /^usage: [^]*\n[\w.]+: error: [^\n]*\n$/;

/** A server program in a script. */
export class ServerActor extends ProgramActor {
  #place: Place | undefined;
  readonly #path: string | undefined;

  /** An act of this program becomes a step of this script. @param place Where it will listen, where that is a path. */
  constructor(scene: Scene, program: Program, place?: Place) {
    super(scene, program);
    this.#place = place;
    this.#path = place && "path" in place ? place.path : undefined;
  }

  /** Where it listens. @throws {Error} Before {@linkcode listens}, and where it has no path. */
  get place(): Place {
    if (!this.#place) throw new Error("Cannot say where: not listening yet");
    return this.#place;
  }

  /** Where it listens on the network. @throws {Error} Before {@linkcode listens}. */
  get address(): Address {
    const { place } = this;
    if (!("path" in place)) return place;
    throw new Error("Cannot say at which port: it has a path");
  }

  /** It prints its ready line; other lines may stand before it. */
  async listens(): Promise<void> {
    if (this.#path !== undefined) return await this.#listensAt(this.#path);
    const says = '"listening on 127.0.0.1:<port>"';
    await this.scene.step(`${this.label} prints ${says}`, async (add) => {
      const others: string[] = [];
      let port = 0;
      try {
        while (!(port > 0)) {
          const line = await this.program.line(says);
          others.push(quoteLine(line));
          port = Number(/^listening on 127\.0\.0\.1:(\d+)$/.exec(line)?.[1]);
        }
      } catch (error) {
        if (!(error instanceof Failure) || others.length === 0) throw error;
        throw new Failure(
          `${this.label} printed ${
            others.slice(0, 3).join(", ")
          } first; it was expected to print ${says} with its real port`,
          error.seen,
        );
      }
      this.#place = { hostname: "127.0.0.1", port };
      add(`: ${port}`);
    });
  }

  /** The path in the ready line may be the one that it was given, or the whole one. */
  async #listensAt(path: string): Promise<void> {
    const name = path.split("/").at(-1) ?? "";
    const says = `"listening on ${name}"`;
    await this.scene.step(`${this.label} prints ${says}`, async () => {
      const others: string[] = [];
      try {
        while (true) {
          const line = await this.program.line(says);
          const [, said] = /^listening on (.+)$/.exec(line) ?? [];
          if (said !== undefined && path.endsWith(said)) return;
          others.push(quoteLine(line));
        }
      } catch (error) {
        if (!(error instanceof Failure) || others.length === 0) throw error;
        throw new Failure(
          `${this.label} printed ${
            others.slice(0, 3).join(", ")
          } first; it was expected to print ${says}, with its path as it was given`,
          error.seen,
        );
      }
    });
  }

  /** It prints the connected line of this client. */
  async connected(client: { readonly address: string }): Promise<void> {
    await this.prints(`connected ${client.address}`);
  }

  /** It prints a connected line. @returns The client's address in it. */
  async connectedFrom(): Promise<string> {
    const form = /^connected 127\.0\.0\.1:\d+$/;
    const said = await this.prints(
      like('"connected 127.0.0.1:<port>"', form),
    );
    return said.slice("connected ".length);
  }
}

/** A client program in a script. */
export class ClientActor extends ProgramActor {
  /** It connects to a scripted server. */
  async connects(server: ServerPeer): Promise<TcpPeer> {
    return await this.scene.step(
      `${this.label} connects`,
      async (add) => {
        const gone = this.program.exited.then((exit) => {
          throw new Failure(
            `${this.label} ended with exit code ${exit.code} before it connected`,
          );
        });
        try {
          const wire = await guard(
            this.scene.patience,
            Promise.race([server.accept(), gone]),
          );
          this.scene.onEnd(() => wire.close());
          add(` to ${formatAddress(server.place)}`);
          return new TcpPeer(this.scene, wire, this.label, "the server");
        } catch (error) {
          if (!(error instanceof Hang)) throw error;
          throw Failure.ofSilence(
            error,
            `${this.label} did not connect for ${error.time}`,
          );
        }
      },
    );
  }
}
