/**
 * What stands at the path: scripted occupants, what a dead server has left, and
 * what the server under test makes of them.
 *
 * @module
 */
import type { ServerActor } from "../../kit/actors.ts";
import { quote } from "../../kit/bytes.ts";
import { Failure } from "../../kit/failure.ts";
import type { Script } from "../../kit/script.ts";

/** The path of all that meet there, as the programs are given it. */
export const P = "echo.sock";

/** The process that a scripted occupant says it is. */
export const OTHER_PID = 4711;

/** How a scripted server treats who connects to it. */
export type Manner = "answers" | "is stopped" | "hangs up" | "says something";

/** Whether anything stands at a path, and what: its inode, which another thing has not. */
export function standsAt(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** A server listens at the path that is not the one under test. */
export async function occupy(script: Script, manner: Manner): Promise<void> {
  const says = {
    "answers": `and answers "pid" with "ok ${OTHER_PID}"`,
    "is stopped": "and is stopped: it answers nobody",
    "hangs up": "and hangs up on everybody",
    "says something": 'and says "hello" to everybody',
  };
  await script.step(`another server listens on ${P} ${says[manner]}`, () => {
    const path = script.whole(P);
    remove(path); // where one has listened before
    const listener = Deno.listen({ transport: "unix", path });
    const conns: Deno.Conn[] = [];
    script.onEnd(() => {
      listener.close();
      for (const conn of conns) close(conn);
    });
    if (manner !== "is stopped") serve(listener, conns, manner);
  });
}

async function serve(
  listener: Deno.UnixListener,
  conns: Deno.Conn[],
  manner: Manner,
): Promise<void> {
  try {
    while (true) {
      const conn = await listener.accept();
      conns.push(conn);
      if (manner === "hangs up") close(conn);
      else if (manner === "says something") {
        await conn.write(new TextEncoder().encode("hello\n"));
      } else answerPid(conn).catch(() => {}); // it has left
    }
  } catch {
    // closed: the case is over
  }
}

async function answerPid(conn: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(1024);
  let text = "";
  for (let count; (count = await conn.read(buffer)) !== null;) {
    text += new TextDecoder().decode(buffer.subarray(0, count));
    if (!text.includes("\n")) continue;
    const answer = text === "pid\n" || text === "pid\r\n"
      ? `ok ${OTHER_PID}\n`
      : "error: what?\n";
    await conn.write(new TextEncoder().encode(answer));
    text = "";
  }
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

/**
 * A server that should not run ends with one line, `error: P …`, and exit code
 * 1. What stands at the path stays.
 *
 * @param words What else stands in the line.
 * @param found What is told to misunderstandings where it listens instead.
 */
export async function isRefused(
  script: Script,
  server: ServerActor,
  words: string,
  found: string,
): Promise<void> {
  const before = standsAt(script.whole(P));
  const line = `"error: …${P}…${words}"`;
  await script.step(
    `${server.label} ends with exit code 1 and one line on stderr, ${line}`,
    async () => {
      const { program, label } = server;
      let printed: string | undefined;
      try {
        printed = await program.line(`${line} on stderr, and to end`);
      } catch (error) {
        if (!program.exit) throw error;
      }
      if (printed !== undefined) {
        throw new Failure(
          `${label} printed ${
            quote(printed)
          }; it was expected to end with exit code 1 and ${line}`,
          printed.startsWith("listening") ? { found } : {},
        );
      }
      const { code } = await program.exits();
      const { stderr } = program;
      const isOne = /^error: [^\n]*\n$/.test(stderr);
      const hasAll = stderr.includes(P) && stderr.includes(words);
      if (code === 1 && isOne && hasAll) return;
      throw new Failure(
        `${label} ended with exit code ${code} and wrote ${
          quote(stderr)
        } on stderr; it was expected to end with exit code 1 and ${line}`,
      );
    },
  );
  await isLeftAlone(script, before);
}

/** What a misunderstanding is told where a server has given up, and what stood at the path is gone. */
export const CLEANED_UP = "removed what stands there, when it had given up";

/** What stood at the path stands there still. */
async function isLeftAlone(
  script: Script,
  before: Deno.FileInfo | undefined,
): Promise<void> {
  await script.step(`what stands at ${P} is as it was`, () => {
    const now = standsAt(script.whole(P));
    const isSame = now?.ino === before?.ino && now?.mode === before?.mode &&
      now?.mtime?.getTime() === before?.mtime?.getTime();
    if (isSame) return;
    throw new Failure(
      `your server ${
        now ? "put something else in the place of" : "removed"
      } what stood at ${P}; it was expected to leave it alone`,
      now ? {} : { found: CLEANED_UP },
    );
  });
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
