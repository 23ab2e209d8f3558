/**
 * Pages: the commands that a lesson's README shows, run for real, and what
 * they print compared with what the page says.
 *
 * A `console` block is one terminal. A line that begins with `$ ` is a
 * command, and what follows is its output. A server, known by its ready line,
 * goes on running while the blocks after it run, until the next heading or the
 * next list item; a line `^C` means that Ctrl-C ends it there, and what stands
 * after it is printed then.
 *
 * A line that begins with `> ` is typed by somebody, when all the output shown
 * before it has come; `^D` ends the input. (The programs print that prompt on a
 * terminal only, so it is no output here.) The input of a client ends with its
 * block in any case.
 *
 * At a line that begins with `press Enter`, a prompt of the program's, somebody
 * presses Enter when the commands after this one have ended.
 *
 * A comment `<!-- goes on -->` before a block says that its program still runs
 * after what is shown, and the page does not end it. A comment
 * `<!-- terminal: TEXT -->` before a block says that its line TEXT is printed on
 * a terminal only, as those prompts are.
 *
 * A comment `<!-- varies -->` before a block says that its numbers, and bars
 * drawn for them, differ from run to run; the rest must be as shown. A comment
 * `<!-- only: linux, darwin -->` before a block names the systems on
 * which it prints what is shown.
 *
 * A program that meets another at a path runs in a folder of its own; `$PWD` in
 * a command and `/home/you/course` in what it prints stand for that folder.
 *
 * Ports differ from run to run, so the runner picks free ones: a page's own
 * port stands for the one that the server got, and any other above 10000 for
 * any other.
 *
 * @module
 */
import { type Announced, type Lesson, portOf } from "@lessons/catalogue.ts";
import { root } from "@lessons/places.ts";
import { type Fence, readParts } from "./markdown.ts";
import { fromFileUrl } from "../kit/file_url.ts";
import { freePort } from "../kit/free_port.ts";
import { guard, within } from "../kit/guard.ts";
import { Program } from "../kit/program.ts";
import { SharedPatience } from "../kit/strain.ts";
import { WorkingFolder } from "../kit/working_folder.ts";

/** One command of a page. */
export interface Shown {
  /** The line after `$ `. */
  readonly command: string;
  /** The lines under it: what it prints, and what is typed to it. */
  readonly lines: readonly string[];
  /** Its line in the page, from 1. */
  readonly line: number;
  /** The systems on which it is so; all of them where none is named. */
  readonly only?: readonly string[];
  /** Whether its numbers differ from run to run. */
  readonly varies?: boolean;
  /** Whether it still runs after what is shown. */
  readonly goesOn?: boolean;
  /** The line of it that comes on a terminal only. */
  readonly terminal?: string;
}

/** What the comments before a block say of it. */
type Notes = Omit<Shown, "command" | "lines" | "line">;

/** The commands between two headings or list items: they run together. */
export type Scene = readonly Shown[];

/** Reads a page's scenes: the commands in its `console` blocks. */
export function readScenes(markdown: string): Scene[] {
  const scenes: Shown[][] = [[]];
  let notes: Notes = {};
  for (const part of readParts(markdown)) {
    if (part.kind === "heading" || part.kind === "item") scenes.push([]);
    else if (part.kind === "comment") {
      const systems = /^only: ([\w, ]+)$/.exec(part.text)?.[1];
      if (systems !== undefined) {
        notes = { ...notes, only: systems.split(", ") };
      }
      if (part.text === "varies") notes = { ...notes, varies: true };
      if (part.text === "goes on") notes = { ...notes, goesOn: true };
      const terminal = /^terminal: (.+)$/.exec(part.text)?.[1];
      if (terminal !== undefined) notes = { ...notes, terminal };
    } else if (part.kind === "fence") {
      if (part.info === "console") {
        scenes.at(-1)?.push(...readShown(part, notes));
      }
      notes = {};
    }
  }
  return scenes.filter((scene) => scene.length > 0);
}

/** The commands of a block, each with what stands under it. */
function readShown(
  { line, lines }: Fence,
  notes: Notes,
): Shown[] {
  const starts = lines.flatMap((text, i) => text.startsWith("$ ") ? [i] : []);
  return starts.map((start, i) => ({
    command: lines[start]?.slice(2) ?? "",
    lines: lines.slice(start + 1, starts[i + 1]),
    line: line + start + 1,
    ...notes,
  }));
}

/** Whether a scene prints on this system what it shows. */
export function isForHere(scene: Scene): boolean {
  return scene.every(({ only }) => only?.includes(Deno.build.os) ?? true);
}

/** What a scene needs to run. */
export interface Setting {
  /** The lesson's port, as the page shows it. */
  readonly port: number;
  /** Gives a port on which nobody listens. */
  readonly freePort: () => number;
  /** The folder in which the programs run, where they need one of their own. */
  readonly folder?: string | undefined;
  /** Whether the programs meet at a path in that folder, and at no port. */
  readonly isAtPath?: boolean;
  /** Hears each line that a command prints, or that is typed to it, as it comes. */
  readonly onLine?: (shown: Shown, line: string, isTyped: boolean) => void;
  /** Ends its programs early. */
  readonly signal?: AbortSignal;
}

/** What came of a command of a scene. */
export interface Played {
  /** The command. */
  readonly shown: Shown;
  /** What it should print here, by the page. */
  readonly expected: readonly string[];
  /** What it printed. */
  readonly printed: readonly string[];
  /** Whether that is the same, but for what differs by its nature. */
  readonly isSame: boolean;
}

/** The folder in which programs run, as pages show it. */
const SHOWN_FOLDER = "/home/you/course";

/** How long a command may run on a machine that keeps up, in milliseconds. */
const COMMAND_MS = 20_000;

/** Plays a scene of a lesson's page, in a folder of its own where its programs need one. */
export async function playSceneOf(
  lesson: Announced & Pick<Lesson, "files">,
  scene: Scene,
  more: Pick<Setting, "onLine" | "signal"> = {},
): Promise<Played[]> {
  using folder = lesson.files && WorkingFolder.make(lesson.files);
  return await playScene(scene, {
    ...more,
    port: portOf(lesson),
    freePort,
    isAtPath: lesson.transport === "Unix",
    folder: folder?.path,
  });
}

/** Where page and programs differ, a text for each command that does; none where all is as shown. */
export function differencesIn(played: readonly Played[]): string[] {
  return played.filter(({ isSame }) => !isSame).map((
    { shown: { line, command }, expected, printed },
  ) =>
    [
      `line ${line}: $ ${command}`,
      "--- the page shows",
      ...expected,
      "--- it prints",
      ...printed,
    ].join("\n")
  );
}

/** Plays a scene to its end. @throws {DOMException} Where it was ended early. */
export async function playScene(
  scene: Scene,
  setting: Setting,
): Promise<Played[]> {
  const { signal } = setting;
  const sessions: Session[] = [];
  let port: number | undefined;
  const patience = within(
    COMMAND_MS,
    new SharedPatience(() => sessions.map(({ program }) => program.strain)),
  );
  const ports: number[] = []; // those that stand for the page's own
  const stop = () => {
    for (const { program } of sessions) program.kill();
  };
  signal?.addEventListener("abort", stop);
  try {
    for (const shown of scene) {
      signal?.throwIfAborted();
      const isServer = shown.lines.find((line) => !isTyped(line))
        ?.startsWith("listening on ") ?? false;
      const words = readWords(shown.command);
      if (isProgram(words) && !setting.isAtPath) {
        if (!isServer && port === undefined) {
          ports.push(port = setting.freePort());
        }
        const given = isServer ? 0 : port;
        words.splice(afterFile(words), 0, "--port", String(given));
      }
      const session = new Session(shown, words, setting);
      sessions.push(session);
      if (isServer && setting.isAtPath) await session.isReady();
      else if (isServer) ports.push(port = await session.readPort());
      else {
        await guard(patience, session.end());
        for (const other of sessions) {
          await guard(patience, other.isDoneWithClient());
        }
      }
    }
    const played: Played[] = [];
    for (const session of sessions) {
      session.othersHaveEnded();
      await guard(patience, session.end());
      signal?.throwIfAborted();
      const even = (lines: readonly string[]) => {
        const text = lines.map((line) => evenPorts(line, setting.port, ports))
          .join("\n").replaceAll(setting.folder ?? SHOWN_FOLDER, SHOWN_FOLDER);
        return session.shown.varies ? evenNumbers(text) : text;
      };
      const { shown, expected, printed } = session;
      const isSame = even(expected) === even(printed);
      played.push({ shown, expected, printed, isSame });
    }
    return played;
  } finally {
    signal?.removeEventListener("abort", stop);
    for (const { program } of sessions) await program.end();
  }
}

/** One command of a page while it runs. */
class Session {
  readonly program: Program;
  /** What it has printed so far, on both streams. */
  readonly printed: string[] = [];
  /** What it should print, by the page. */
  readonly expected: readonly string[];
  readonly #played: Promise<void>;
  readonly #alone = Promise.withResolvers<void>();
  readonly #tell: (line: string, isTyped: boolean) => void;
  #news = Promise.withResolvers<void>();

  constructor(
    readonly shown: Shown,
    words: readonly string[],
    { folder, onLine }: Setting,
  ) {
    this.#tell = (line, isTyped) => onLine?.(shown, line, isTyped);
    this.expected = shown.lines.filter((line) => this.#isOutput(line));
    this.program = Program.start({
      label: words.join(" "),
      command: [
        Deno.execPath(),
        ...words.slice(1).map((word) =>
          folder !== undefined && word.endsWith(".ts")
            ? pathOf(word)
            : word.replaceAll("$PWD", folder ?? "$PWD")
        ),
      ],
      folder,
      onLine: (line) => {
        if (line.startsWith("Task ")) return; // `deno task` prints its own line first
        this.printed.push(line);
        this.#tell(line, false);
        this.#tellNews();
      },
    });
    this.program.exited.then(() => this.#tellNews());
    this.#played = this.#play();
  }

  /** The port in a server's ready line. */
  async readPort(): Promise<number> {
    const line = await this.program.line("its ready line");
    return Number(line.split(":").at(-1));
  }

  /** Waits for a server's ready line. */
  async isReady(): Promise<void> {
    await this.program.line("its ready line");
  }

  /** Waits for what a server prints of a client before it takes the next one. */
  async isDoneWithClient(): Promise<void> {
    const next = this.expected.findIndex((line, i) =>
      i >= this.printed.length && line.startsWith("connected ")
    );
    if (next !== -1) await this.#hasPrinted(next);
  }

  /** Tells that the commands after this one have ended. */
  othersHaveEnded(): void {
    this.#alone.resolve();
  }

  /** Plays to the end of the block, and waits for the program's. */
  async end(): Promise<void> {
    await this.#played;
    if (this.shown.goesOn) {
      await this.#hasPrinted(this.expected.length);
      return await this.program.end();
    }
    if (this.shown.lines.includes("^C")) this.program.signal("SIGINT");
    else await this.program.endInput();
    await this.program.exited;
  }

  /** Types what the page types, each when all the output before it has come. */
  async #play(): Promise<void> {
    let due = 0;
    for (const line of this.shown.lines) {
      if (this.#isOutput(line)) due++;
      else if (isTyped(line)) {
        await this.#hasPrinted(due);
        if (!isPrompt(line)) this.#tell(line, true);
        if (line === "^C") return;
        if (line === "^D") await this.program.endInput();
        else if (isPrompt(line)) {
          await this.#alone.promise;
          await this.program.type("\n");
        } else await this.program.type(`${line.slice(2)}\n`);
      }
    }
  }

  /** Waits until so many lines are there, or none can come any more. */
  async #hasPrinted(count: number): Promise<void> {
    while (this.printed.length < count && !this.program.exit) {
      await this.#news.promise;
    }
  }

  /** Whether a line of the block is printed here, where no terminal is. */
  #isOutput(line: string): boolean {
    return !isTyped(line) && line !== this.shown.terminal;
  }

  #tellNews(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }
}

/** Where a file of the course is. */
function pathOf(file: string): string {
  return fromFileUrl(new URL(file, root));
}

/** Whether a line of a block is somebody's at the keyboard; an empty line typed stands as `>` alone. */
function isTyped(line: string): boolean {
  return line.startsWith("> ") || [">", "^C", "^D"].includes(line) ||
    isPrompt(line);
}

/** The lines of a command that come on a terminal only, so not where a scene is played. */
export function terminalLines({ lines, terminal }: Shown): string[] {
  return lines.filter((line) => isPrompt(line) || line === terminal);
}

function isPrompt(line: string): boolean {
  return line.startsWith("press Enter");
}

/** Splits a command into words; single and double quotes hold words together. */
function readWords(command: string): string[] {
  const plain = command.replace(/^npx -y deno@[\d.]+ /, "deno ");
  const words = plain.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? [];
  const [first] = words;
  if (first !== "deno") {
    throw new Error(
      `Cannot run "${command}": a page's commands begin with deno`,
    );
  }
  return words.map((word) => word.replace(/^(["'])(.*)\1$/, "$2"));
}

function isProgram(words: readonly string[]): boolean {
  return words[1] === "run" && !words.includes("--port");
}

function afterFile(words: readonly string[]): number {
  return words.findIndex((word) => word.endsWith(".ts")) + 1;
}

/** Makes texts comparable: these ports are the lesson's, and each other port above 10000 is any. */
function evenPorts(
  text: string,
  shown: number,
  ports: readonly number[],
): string {
  return text.replace(/(?<=127\.0\.0\.1:)\d+/g, (digits) => {
    const port = Number(digits);
    if (port === shown || ports.includes(port)) return String(shown);
    return port > 10_000 ? "<port>" : digits;
  });
}

/** Makes texts comparable whose numbers differ, and the bars drawn for them. */
function evenNumbers(text: string): string {
  return text.replace(/█+/g, "").replace(/\d+(\.\d+)?/g, "<n>")
    .replace(/ +/g, " ");
}
