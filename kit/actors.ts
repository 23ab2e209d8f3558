/**
 * Who acts in a script: programs, and the scripted peers that talk to them.
 * Each act is a step.
 *
 * @module
 */
import type { Address } from "@lessons/program.ts";
import { quote, quoteLine, toBytes } from "./bytes.ts";
import { Failure } from "./failure.ts";
import { parseJson, type WantedJson } from "./frames.ts";
import { guard, Hang } from "./guard.ts";
import type { Fault } from "./plan.ts";
import type { Program } from "./program.ts";
import type { Scene } from "./scene.ts";
import { TcpPeer } from "./tcp_peer.ts";
import { DenoWire, NodeWire, type Wire } from "./wire.ts";

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

  /** It prints this line next on stdout. */
  async prints(line: string): Promise<void> {
    const wanted = quoteLine(line);
    await this.scene.step(`${this.label} prints ${wanted}`, async () => {
      const printed = await this.program.line(wanted);
      if (printed !== line) {
        throw new Failure(
          `${this.label} printed ${
            quoteLine(printed)
          }; it was expected to print ${wanted}`,
          { expected: toBytes(line), received: toBytes(printed) },
        );
      }
    });
  }

  /** It prints a line next on stdout, whatever it is. @returns It. */
  async printsAnything(): Promise<string> {
    return await this.scene.step(
      `${this.label} prints a line`,
      () => this.program.line("a line"),
    );
  }

  /** It prints each of these lines, in order. */
  async printsLines(...lines: string[]): Promise<void> {
    for (const line of lines) await this.prints(line);
  }

  /** It prints a line next on stdout that has these words in it. */
  async printsWith(words: string): Promise<void> {
    const what = `a line with "${words}" in it`;
    await this.scene.step(`${this.label} prints ${what}`, async () => {
      const printed = await this.program.line(what);
      if (!printed.includes(words)) {
        throw new Failure(
          `${this.label} printed ${
            quoteLine(printed)
          }; it was expected to print ${what}`,
        );
      }
    });
  }

  /** It prints this JSON next on stdout, spelled in any way, on a line. */
  async printsJson(wanted: WantedJson): Promise<void> {
    const { isRight } = wanted;
    const example = quoteLine(wanted.example);
    await this.scene.step(`${this.label} prints ${example}`, async () => {
      const printed = await this.program.line(example);
      if (!isRight(parseJson(printed))) {
        throw new Failure(
          `${this.label} printed ${
            quoteLine(printed)
          }; it was expected to print ${example}`,
        );
      }
    });
  }

  /** Somebody types a line. */
  async hears(line: string): Promise<void> {
    await this.scene.step(
      `somebody types ${quoteLine(line)} to ${this.label}`,
      () => this.program.type(`${line}\n`),
    );
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
      () => this.program.endInput(),
    );
  }

  /** It gets a Ctrl-C. */
  async getsCtrlC(): Promise<void> {
    await this.scene.step(
      `${this.label} gets a Ctrl-C`,
      () => this.program.signal("SIGINT"),
    );
  }

  /** It is kept from running, as on a busy machine, while something else is done. Systems with signals only. */
  async isHeldUpWhile(act: () => Promise<void>): Promise<void> {
    await this.scene.step(
      `${this.label} is held up (SIGSTOP)`,
      () => this.program.signal("SIGSTOP"),
    );
    await act();
    await this.scene.step(
      `${this.label} goes on (SIGCONT)`,
      () => this.program.signal("SIGCONT"),
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
    const says = words.map((word) => `"${word}"`).join(" and ");
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
        const isRight = lines.join("\n") === notice &&
          error.startsWith("error: ") &&
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

/** A server program in a script. */
export class ServerActor extends ProgramActor {
  #address: Address | undefined;

  /** Where it listens. @throws {Error} Before {@linkcode listens}. */
  get address(): Address {
    if (!this.#address) throw new Error("Cannot say where: not listening yet");
    return this.#address;
  }

  /** It prints its ready line. */
  async listens(): Promise<void> {
    await this.scene.step(
      `${this.label} prints "listening on 127.0.0.1:<port>"`,
      async (add) => {
        const line = await this.program.line(`"listening on 127.0.0.1:<port>"`);
        const port = Number(
          /^listening on 127\.0\.0\.1:(\d+)$/.exec(line)?.[1],
        );
        if (!(port > 0)) {
          throw new Failure(
            `${this.label} printed ${
              quoteLine(line)
            } first; it was expected to print "listening on 127.0.0.1:<port>" with its real port`,
          );
        }
        this.#address = { hostname: "127.0.0.1", port };
        add(`: ${port}`);
      },
    );
  }

  /** It prints the connected line of this client. */
  async connected(client: { readonly address: string }): Promise<void> {
    await this.prints(`connected ${client.address}`);
  }

  /** It prints a connected line. @returns The client's address in it. */
  async connectedFrom(): Promise<string> {
    const what = `"connected 127.0.0.1:<port>"`;
    return await this.scene.step(`${this.label} prints ${what}`, async () => {
      const line = await this.program.line(what);
      const address = /^connected (127\.0\.0\.1:\d+)$/.exec(line)?.[1];
      if (address !== undefined) return address;
      throw new Failure(
        `${this.label} printed ${
          quoteLine(line)
        }; it was expected to print ${what}`,
      );
    });
  }
}

/** A client program in a script. */
export class ClientActor extends ProgramActor {
  /** It connects to a scripted server. */
  async connects(server: ServerPeer): Promise<PeerActor> {
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
          add(` to ${wire.address}`);
          return new PeerActor(
            this.scene,
            new TcpPeer(wire, this.label, "the server", this.scene.patience),
          );
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

  /** All that it has printed when it ends is this JSON, a line each, spelled in any way. */
  async printsAllJson(
    wanted: readonly WantedJson[],
    code: 0 | 1,
  ): Promise<void> {
    const text = wanted.map(({ example }) => example).join("\n");
    await this.scene.step(
      `${this.label} prints ${quote(text)}, and ends with exit code ${code}`,
      async () => {
        const exit = await this.program.exits();
        const printed = trimEnd(this.program.stdout);
        const lines = printed === "" ? [] : printed.split("\n");
        const isSame = lines.length === wanted.length &&
          wanted.every(({ isRight }, i) => isRight(parseJson(lines[i] ?? "")));
        if (!isSame) {
          throw new Failure(
            `${this.label} printed ${
              quote(printed)
            }; it was expected to print ${quote(text)}`,
            {
              expected: new TextEncoder().encode(text),
              received: new TextEncoder().encode(printed),
            },
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

  /** All that it has printed when it ends is this; a line end more or less at the end does not count. */
  async printsAll(text: string): Promise<void> {
    await this.scene.step(
      `${this.label} prints ${quote(text)}, and ends with exit code 0`,
      async () => {
        const exit = await this.program.exits();
        const printed = this.program.stdout;
        if (trimEnd(printed) !== trimEnd(text)) {
          throw new Failure(
            `${this.label} printed ${
              quote(printed)
            }; it was expected to print ${quote(text)}`,
            {
              expected: new TextEncoder().encode(trimEnd(text)),
              received: new TextEncoder().encode(trimEnd(printed)),
            },
          );
        }
        if (exit.code !== 0) {
          throw new Failure(
            `${this.label} ended with exit code ${exit.code}; it was expected to end with 0`,
          );
        }
      },
    );
  }
}

/** A scripted peer in a script: each of its acts is a step. */
export class PeerActor {
  /** An act of this peer becomes a step of this script. */
  constructor(readonly scene: Scene, readonly peer: TcpPeer) {
    scene.actors.push(this);
  }

  /** The address of its own end. */
  get address(): string {
    return this.peer.address;
  }

  /** It sends bytes, with faults. */
  async sends(data: string | Uint8Array, ...faults: Fault[]): Promise<void> {
    const how = faults.map((fault) => fault.says).join(", ");
    await this.scene.step(
      `${this.peer.us} sends ${quote(data)}${how && ` ${how}`}`,
      () => this.peer.send(data, ...faults),
    );
  }

  /** It sends bytes, with faults; a program that leaves before all are sent is judged by the steps that follow. */
  async offers(data: string | Uint8Array, ...faults: Fault[]): Promise<void> {
    const how = faults.map((fault) => fault.says).join(", ");
    await this.scene.step(
      `${this.peer.us} sends ${quote(data)}${how && ` ${how}`}`,
      async (add) => {
        if (await this.peer.offer(data, ...faults)) return;
        add(`; ${this.peer.label} left before it was all sent`);
      },
    );
  }

  /** It sends bytes, with faults, and at the same time gets exactly these others. */
  async exchanges(
    data: string | Uint8Array,
    answer: string | Uint8Array,
    ...faults: Fault[]
  ): Promise<void> {
    const how = faults.map((fault) => fault.says).join(", ");
    await this.scene.step(
      `${this.peer.us} sends ${quote(data)}${
        how && ` ${how}`
      } and meanwhile gets ${quote(answer)}`,
      () => this.peer.exchange(data, answer, ...faults),
    );
  }

  /** The program under test sends these frames of JSON, spelled in any way. */
  async getsFrames(...wanted: WantedJson[]): Promise<void> {
    await this.scene.step(
      `${this.peer.us} gets ${framesOf(wanted)}`,
      () => this.peer.expectFrames(wanted),
    );
  }

  /** It sends bytes, with faults, and at the same time gets these frames of JSON. */
  async exchangesFrames(
    data: string | Uint8Array,
    wanted: readonly WantedJson[],
    ...faults: Fault[]
  ): Promise<void> {
    const how = faults.map((fault) => fault.says).join(", ");
    await this.scene.step(
      `${this.peer.us} sends ${quote(data)}${
        how && ` ${how}`
      } and meanwhile gets ${framesOf(wanted)}`,
      () => this.peer.exchangeFrames(data, wanted, ...faults),
    );
  }

  /**
   * It sends back what comes, as it comes, until the program under test ends its direction.
   *
   * @param enough Or until so many bytes have come; then it takes nothing more for now.
   */
  async echoes(enough = Infinity): Promise<void> {
    let count = 0;
    const until = enough === Infinity
      ? "until the client has sent all"
      : `until ${enough} bytes have come, and reads no more for now`;
    await this.scene.step(
      `${this.peer.us} sends back what comes ${until}`,
      () =>
        this.peer.answer(
          (chunk) => chunk,
          (chunk) => (count += chunk.length) >= enough,
        ),
    );
  }

  /** It answers in capitals (of ASCII) what comes, as it comes, until the program under test ends its direction. */
  async answersInCapitals(): Promise<void> {
    await this.scene.step(
      `${this.peer.us} answers in capitals until the client has sent all`,
      () => this.peer.answer(inCapitals),
    );
  }

  /** It answers in capitals the first line and what comes with it, and then takes nothing more for now. */
  async answersFirstLine(): Promise<void> {
    await this.scene.step(
      `${this.peer.us} answers the first line in capitals, and reads no more before that is taken`,
      () => this.peer.answer(inCapitals, (chunk) => chunk.includes(0x0a)),
    );
  }

  /** The program under test sends exactly these bytes. */
  async gets(data: string | Uint8Array): Promise<void> {
    await this.scene.step(
      `${this.peer.us} gets ${quote(data)}`,
      () => this.peer.expect(data),
    );
  }

  /** The program under test sends anything at all, after what has come. */
  async getsMore(): Promise<void> {
    await this.scene.step(
      `${this.peer.us} gets something more`,
      () => this.peer.expectMore(),
    );
  }

  /** The program under test sends all that it has to send, whatever it is, and ends its direction. */
  async getsAll(): Promise<void> {
    await this.scene.step(
      `${this.peer.us} reads until ${this.peer.label} has sent all`,
      () => this.peer.answer(() => new Uint8Array()),
    );
  }

  /** The program under test closes the connection, and sends nothing before. */
  async getsEnd(): Promise<void> {
    await this.scene.step(
      `${this.peer.us} sees the stream end`,
      () => this.peer.expectEnd(),
    );
  }

  /** It plays faults alone, without bytes: `does(halfClose())`. */
  async does(...faults: Fault[]): Promise<void> {
    await this.scene.step(
      `${this.peer.us} ${faults.map((fault) => fault.says).join(", ")}`,
      () => this.peer.send("", ...faults),
    );
  }
}

/** A scripted server that waits for the client under test. */
export class ServerPeer {
  private constructor(
    /** Where it listens. */
    readonly address: Address,
    /** Waits for the next client. */
    readonly accept: () => Promise<Wire>,
  ) {}

  /** Over Deno's own listener. */
  static plain(scene: Scene, port = 0): ServerPeer {
    const listener = Deno.listen({ hostname: "127.0.0.1", port });
    scene.onEnd(() => listener.close());
    return new ServerPeer(
      { hostname: "127.0.0.1", port: listener.addr.port },
      async () => new DenoWire(await listener.accept()),
    );
  }

  /** Over `node:net`, whose connections can be reset. */
  static async withReset(scene: Scene): Promise<ServerPeer> {
    const net = await import("node:net");
    const waiting = Promise.withResolvers<Wire>();
    const server = net.createServer((socket) => {
      waiting.resolve(new NodeWire(socket));
    });
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", () => resolve())
    );
    scene.onEnd(() => server.close());
    const address = server.address();
    if (address === null || typeof address === "string") {
      throw new Error("Cannot tell the port of a scripted server");
    }
    return new ServerPeer(
      { hostname: "127.0.0.1", port: address.port },
      () => waiting.promise,
    );
  }
}

function framesOf(wanted: readonly WantedJson[]): string {
  const first = quote(wanted[0]?.example ?? "");
  return wanted.length === 1
    ? `a frame of ${first}`
    : `${wanted.length} frames, the first of ${first}`;
}

function inCapitals(chunk: Uint8Array): Uint8Array {
  return chunk.map((byte) => byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte);
}

function trimEnd(text: string): string {
  return text.replace(/[\r\n]+$/, "");
}
