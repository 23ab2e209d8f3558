/**
 * What the wrong servers share: the memory and its lines, and nothing wrong
 * with that.
 *
 * @module
 */
import { runPathServer } from "@lessons/program.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import {
  type Occupant,
  whoIsAt,
} from "../../../solutions/10_unix_sockets/occupant.ts";

const values = new Map<string, string>();

/** How a wrong server goes its own way; the rest is right as long as nobody else is there. */
export interface Ways {
  /** Listens at a path. */
  readonly listen?: (
    path: string,
  ) => Deno.UnixListener | Promise<Deno.UnixListener>;
  /** The lines of a connection. */
  readonly lines?: (conn: Deno.Conn) => AsyncIterable<string>;
  /** What is done with the path at the end. */
  readonly leave?: (path: string) => void;
}

/** Serves the memory at the path of the command line. */
export async function serveMemory(
  { listen = listenAlone, lines = readLines, leave = Deno.removeSync }: Ways,
): Promise<void> {
  await runPathServer(
    { path: "echo.sock" },
    async ({ address, say, onCtrlC }) => {
      const { path } = address;
      const listener = await listen(path);
      onCtrlC(() => leave(path));
      say.listening(listener);
      const stopped = Promise.withResolvers<void>();
      const answerAll = async (conn: Deno.Conn) => {
        for await (const line of lines(conn)) {
          await writeAll(conn, new TextEncoder().encode(`${answer(line)}\n`));
          if (line === "stop") stopped.resolve();
        }
      };
      const serve = async () => {
        while (true) {
          const conn = await listener.accept();
          answerAll(conn).catch(() => {}).finally(() => conn.close());
        }
      };
      await Promise.race([serve(), stopped.promise]);
      leave(path);
    },
  );
}

/** Listens for the owner alone. */
export function listenAlone(path: string): Deno.UnixListener {
  Deno.umask(0o177);
  return Deno.listen({ transport: "unix", path });
}

/** What stands at a path; a link is not followed. */
export function lookAt(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Who listens at a path; somebody ends the program. */
export async function nobodyIsAt(path: string): Promise<void> {
  const occupant: Occupant = await whoIsAt(path);
  if (occupant === "nobody") return;
  const who = occupant === "silent" ? "somebody" : `process ${occupant.pid}`;
  throw new Error(`${path} is taken: ${who} answers there`);
}

function answer(line: string): string {
  const [command, name = "", ...rest] = line.split(" ");
  if (line === "list") return ["ok", ...values.keys()].join(" ");
  if (line === "pid") return `ok ${Deno.pid}`;
  if (line === "stop") return "ok";
  if (command === "get" && name !== "") {
    const value = values.get(name);
    return value === undefined ? "error: no such name" : `ok ${value}`;
  }
  if (command !== "set" || rest.length === 0) return "error: what?";
  values.set(name, rest.join(" "));
  return "ok";
}
