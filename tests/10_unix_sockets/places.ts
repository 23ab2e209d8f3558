/**
 * What stands at the path: scripted occupants, what a dead server has left, and
 * what the server under test makes of them.
 *
 * @module
 */
import type { ServerActor } from "../../kit/actors.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { join, quote } from "../../kit/bytes.ts";
import type { WantedLine } from "../../kit/expectations/line.ts";
import { Failure } from "../../kit/failure.ts";
import type { Script } from "../../kit/script.ts";

/** The path of all that meet there, as the programs are given it. */
export const P = "echo.sock";

/** The process that a scripted occupant says it is. */
export const OTHER_PID = 4711;

/** How scripted servers treat who connects to them, in words. */
const MANNERS = {
  "answers": `and answers "pid" with "ok ${OTHER_PID}", in two parts`,
  "is stopped": "and is stopped: it answers nobody",
  "has no room": "and is stopped, and its queue is full",
  "hangs up": "and hangs up on everybody",
  "says something": 'and says "hello" to everybody',
  "answers with an error": 'and answers "pid" with "error: what?"',
  "leaves in its answer":
    `and answers "pid" with "ok ${OTHER_PID}", and closes without an LF`,
  "says too much": "and says 100,000 bytes to everybody, without an LF",
  "says a byte at a time":
    "and says a byte every 50 ms to everybody, and never an LF",
} as const;

/** How a scripted server treats who connects to it. */
export type Manner = keyof typeof MANNERS;

/** Whether anything stands at a path, and what: its inode, which another thing has not. */
export function standsAt(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * A server listens at the path that is not the one under test.
 *
 * @returns What it is told, as it comes.
 */
export async function occupy(
  script: Script,
  manner: Manner,
): Promise<Uint8Array[]> {
  const heard: Uint8Array[] = [];
  const says = `another server listens on ${P} ${MANNERS[manner]}`;
  await script.step(says, async () => {
    const path = script.whole(P);
    remove(path); // where one has listened before
    const listener = Deno.listen({ transport: "unix", path });
    const conns: Deno.Conn[] = [];
    script.onEnd(() => {
      listener.close();
      for (const conn of conns) close(conn);
    });
    if (manner === "has no room") await fill(path);
    else if (manner !== "is stopped") {
      serve(listener, conns, (conn) => treat(conn, manner, heard, script));
    }
  });
  return heard;
}

/** Connects until nobody else can. Who has left by then still takes a place. */
async function fill(path: string): Promise<void> {
  try {
    while (true) (await Deno.connect({ transport: "unix", path })).close();
  } catch (error) {
    const isFull = error instanceof Error && "code" in error &&
      error.code === "EAGAIN";
    if (!isFull) throw error;
  }
}

async function serve(
  listener: Deno.UnixListener,
  conns: Deno.Conn[],
  treat: (conn: Deno.Conn) => Promise<void>,
): Promise<void> {
  try {
    while (true) {
      const conn = await listener.accept();
      conns.push(conn);
      treat(conn).catch(() => {}); // it has left
    }
  } catch {
    // closed: the case is over
  }
}

/** Treats one who connects in this manner. */
async function treat(
  conn: Deno.Conn,
  manner: Manner,
  heard: Uint8Array[],
  script: Script,
): Promise<void> {
  const say = (text: string) => writeAll(conn, new TextEncoder().encode(text));
  if (manner === "hangs up") return close(conn);
  if (manner === "says something") await say("hello\n");
  if (manner === "says too much") await say("x".repeat(100_000));
  if (manner === "says a byte at a time") {
    const timer = setInterval(() => {
      say("x").catch(() => clearInterval(timer));
    }, 50);
    script.onEnd(() => clearInterval(timer));
  }
  const buffer = new Uint8Array(1024);
  for (let text = "", count; (count = await conn.read(buffer)) !== null;) {
    heard.push(buffer.slice(0, count));
    text += new TextDecoder().decode(buffer.subarray(0, count));
    if (!text.includes("\n")) continue;
    if (manner === "leaves in its answer") {
      await say(`ok ${OTHER_PID}`);
      return close(conn);
    }
    const isPid = text === "pid\n" || text === "pid\r\n";
    text = "";
    if (manner.startsWith("says ")) continue;
    if (!isPid || manner === "answers with an error") {
      await say("error: what?\n");
      continue;
    }
    const answer = `ok ${OTHER_PID}\n`;
    await say(answer.slice(0, 4));
    await script.yours.program.settles().catch(() => {}); // the steps judge it
    await say(answer.slice(4));
  }
}

/** What a server heard that is not the one under test tells nobody to end or to keep anything. */
export async function isLeftInPeace(
  script: Script,
  heard: readonly Uint8Array[],
): Promise<void> {
  await script.step("the other server is told neither stop nor set", () => {
    const text = new TextDecoder().decode(join(heard));
    if (!/^(stop|set)\b/m.test(text)) return;
    throw new Failure(
      `your server sent ${
        quote(text)
      } to the other server; it was expected to ask for nothing but "pid"`,
    );
  });
}

function remove(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function close(conn: Deno.Conn): void {
  try {
    conn.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

/** A server has died and left its path. */
export async function leaveDead(script: Script): Promise<void> {
  await script.step(`a server has died, and ${P} is left of it`, () => {
    const path = script.whole(P);
    const dead = Deno.listen({ transport: "unix", path: `${path}.0` });
    Deno.renameSync(`${path}.0`, path); // so that its close does not find it
    dead.close();
  });
}

/** A program's name, with its number where a case has several of that name: as it stands above what it wrote. */
function nameOf({ programs }: Script, { label, program }: ServerActor): string {
  const isOnly = programs.filter((one) => one.label === label).length === 1;
  return isOnly
    ? label
    : `${label} (program ${programs.indexOf(program) + 1} of this case)`;
}

/**
 * A server that should not run ends with one line on stderr and exit code 1.
 *
 * @param wanted The line.
 * @param found What is told to misunderstandings where it listens instead.
 */
export async function givesUp(
  script: Script,
  server: ServerActor,
  wanted: WantedLine,
  found = "",
): Promise<void> {
  const name = nameOf(script, server);
  const what = `exit code 1 and one line on stderr, ${wanted.says}`;
  await script.step(`${name} ends with ${what}`, async () => {
    const { program } = server;
    let printed: string | undefined;
    try {
      printed = await program.line(`${wanted.says} on stderr and end`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (!program.exit) {
        throw new Failure(
          error.message.replace(server.label, name),
          error.seen,
        );
      }
    }
    if (printed !== undefined) {
      throw new Failure(
        `${name} printed ${
          quote(printed)
        }; it was expected to end with ${what}`,
        printed.startsWith("listening") ? { found } : {},
      );
    }
    const { code } = await program.exits();
    const { stderr } = program;
    const [line = "", rest, ...more] = stderr.split(/\r?\n/);
    const isOne = rest === "" && more.length === 0;
    if (code === 1 && isOne && wanted.isRight(line)) return;
    throw new Failure(
      `${name} ended with exit code ${code} and wrote ${
        quote(stderr)
      } on stderr; it was expected to end with ${what}`,
    );
  });
}

/** A server that should not run gives up as in {@linkcode givesUp}. What stands at the path stays as it is. */
export async function isRefused(
  script: Script,
  server: ServerActor,
  wanted: WantedLine,
  found: string,
): Promise<void> {
  const path = script.whole(P);
  const before = standsAt(path);
  const kept = before?.isFile ? Deno.readTextFileSync(path) : undefined;
  await givesUp(script, server, wanted, found);
  await script.step(`what stands at ${P} is as it was`, () => {
    const now = standsAt(path);
    const text = now?.isFile ? Deno.readTextFileSync(path) : undefined;
    const did = whatWasDone(before, now) ??
      (text === kept ? undefined : "changed the contents of");
    if (did === undefined) return;
    throw new Failure(
      `your server ${did} what stood at ${P}; it was expected to leave it alone`,
      now ? {} : { found: CLEANED_UP },
    );
  });
}

/** What a misunderstanding is told where a server has given up, and what stood at the path is gone. */
export const CLEANED_UP = "removed what stands there, when it had given up";

/** What was done to what stood at a path; `undefined` for nothing. */
function whatWasDone(
  before: Deno.FileInfo | undefined,
  now: Deno.FileInfo | undefined,
): string | undefined {
  if (!now) return before && "removed";
  if (now.ino !== before?.ino) return "put something else in the place of";
  if (now.mode !== before.mode) return "changed the mode of";
  return now.mtime?.getTime() === before.mtime?.getTime()
    ? undefined
    : "changed";
}

/** What a misunderstanding is told where the path is still there. */
export const STILL_THERE = "the path is still there";

/** The path is gone. */
export async function isGone(script: Script, path = P): Promise<void> {
  await script.step(`${path} is gone`, () => {
    if (standsAt(script.whole(path)) === undefined) return;
    throw new Failure(
      `your server has ended and left ${path}; it was expected to remove it`,
      { found: STILL_THERE },
    );
  });
}

/** Nothing stands in the folder but these, and a file for a lock. */
export async function leavesOnly(
  script: Script,
  ...names: string[]
): Promise<void> {
  const list = (names: readonly string[]) => names.join(", ") || "nothing";
  const wanted = [...names, `${P}.lock`];
  await script.step(
    `nothing is left in the folder but ${list(wanted)}`,
    () => {
      const found = [...Deno.readDirSync(script.whole("."))]
        .map(({ name }) => name).filter((name) => !wanted.includes(name));
      if (found.length === 0) return;
      throw new Failure(
        `your server left ${
          list(found)
        }; it was expected to leave nothing but ${list(wanted)}`,
      );
    },
  );
}
