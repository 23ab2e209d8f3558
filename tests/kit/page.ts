/**
 * Pages: the commands that a lesson's README shows, run for real, and what
 * they print compared with what the page says.
 *
 * A `console` block is one terminal. A line that begins with `$ ` is a
 * command, and what follows is its output. A server, known by its ready line,
 * goes on running while the blocks after it run, until the next heading or the
 * next list item; `^C` as its last line means that Ctrl-C ends it there.
 *
 * Ports differ from run to run, so the runner picks free ones: a page's own
 * port stands for the one that the server got, and any other above 10000 for
 * any other.
 *
 * @module
 */
import { guard } from "./guard.ts";
import { Program } from "./program.ts";

/** One command of a page. */
export interface Shown {
  /** The line after `$ `. */
  readonly command: string;
  /** The lines under it. */
  readonly output: readonly string[];
  /** Its line in the page, from 1. */
  readonly line: number;
}

/** The commands between two headings or list items: they run together. */
export type Scene = readonly Shown[];

/** Reads a page's scenes: the commands in its `console` blocks. */
export function readScenes(markdown: string): Scene[] {
  const scenes: Shown[][] = [[]];
  let fence: string | undefined;
  let indent = 0;
  for (const [i, line] of markdown.split("\n").entries()) {
    const mark = /^(\s*)```(\w*)/.exec(line);
    if (mark) {
      fence = fence === undefined ? mark[2] ?? "" : undefined;
      indent = mark[1]?.length ?? 0;
    } else if (fence === undefined && /^(#|\d+\. )/.test(line)) {
      scenes.push([]);
    } else if (fence === "console") {
      const text = line.slice(indent);
      const scene = scenes.at(-1);
      if (text.startsWith("$ ")) {
        scene?.push({ command: text.slice(2), output: [], line: i + 1 });
      } else {
        const last = scene?.pop();
        if (last) scene?.push({ ...last, output: [...last.output, text] });
      }
    }
  }
  return scenes.filter((scene) => scene.length > 0);
}

/** What a scene needs to run. */
export interface Setting {
  /** The lesson's port, as the page shows it. */
  readonly port: number;
  /** Gives a port on which nobody listens. */
  readonly freePort: () => number;
}

/** How long a command may run, in milliseconds. */
const COMMAND_MS = 20_000;

/**
 * Runs a scene.
 *
 * @returns Where page and programs differ, a text for each command that does; none where all is as shown.
 */
export async function runScene(
  scene: Scene,
  setting: Setting,
): Promise<string[]> {
  const running: { shown: Shown; program: Program; lines: string[] }[] = [];
  const differences: string[] = [];
  let port: number | undefined;
  try {
    for (const shown of scene) {
      const isServer = shown.output[0]?.startsWith("listening on ") ?? false;
      const words = readWords(shown.command);
      if (isProgram(words)) {
        const given = isServer ? 0 : port ??= setting.freePort();
        words.splice(afterFile(words), 0, "--port", String(given));
      }
      const lines: string[] = [];
      const program = Program.start({
        label: words.join(" "),
        command: [Deno.execPath(), ...words.slice(1)],
        onLine: (line) => {
          if (!line.startsWith("Task ")) lines.push(line); // `deno task` prints its own line first
        },
      });
      running.push({ shown, program, lines });
      if (isServer) {
        port = Number((await program.line("its ready line")).split(":").at(-1));
      } else await guard(COMMAND_MS, program.exited);
    }
    for (const { shown, program, lines } of running) {
      const isStopped = shown.output.at(-1) === "^C";
      if (isStopped) program.signal("SIGINT");
      await guard(COMMAND_MS, program.exited);
      const expected = isStopped ? shown.output.slice(0, -1) : shown.output;
      const even = (texts: readonly string[]) =>
        texts.map((text) => evenPorts(text, setting.port, port)).join("\n");
      if (even(expected) !== even(lines)) {
        differences.push(
          `line ${shown.line}: $ ${shown.command}\n--- the page shows\n${
            expected.join("\n")
          }\n--- it prints\n${lines.join("\n")}`,
        );
      }
    }
  } finally {
    for (const { program } of running) await program.end();
  }
  return differences;
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

/** Makes texts comparable: the lesson's port is the server's, and each other port above 10000 is any. */
function evenPorts(text: string, shown: number, real?: number): string {
  return text.replace(/(?<=127\.0\.0\.1:)\d+/g, (digits) => {
    const port = Number(digits);
    if (port === shown || port === real) return String(shown);
    return port > 10_000 ? "<port>" : digits;
  });
}

/** A heading of a page. */
export interface Heading {
  /** How deep: 1 for `#`. */
  readonly level: number;
  /** Its words, without the marks. */
  readonly text: string;
  /** What a link to it ends in, without `#`, as GitHub makes it. */
  readonly anchor: string;
}

/** A page's headings. @param level Only those of this level. */
export function headings(markdown: string, level?: number): Heading[] {
  const found: Heading[] = [];
  let isCode = false;
  for (const line of markdown.split("\n")) {
    if (/^\s*```/.test(line)) isCode = !isCode;
    const [, marks, text] = /^(#+) (.*)$/.exec(line) ?? [];
    if (isCode || marks === undefined || text === undefined) continue;
    const anchor = text.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
    found.push({ level: marks.length, text, anchor });
  }
  return found.filter((heading) => heading.level === (level ?? heading.level));
}
