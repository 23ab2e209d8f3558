/**
 * Who listens at a path: asked over the socket itself, for nothing else knows.
 *
 * @module
 */
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";

/** How long a server may take to say who it is, in milliseconds. */
const ANSWER_MS = 800;

/** One who has said who it is, one who listens and does not say so, or nobody. */
export type Occupant = { readonly pid: string } | "silent" | "nobody";

/** Asks who listens at a path. Only a connection that is refused says that nobody does. */
export async function whoIsAt(path: string): Promise<Occupant> {
  let conn: Deno.UnixConn;
  try {
    conn = await Deno.connect({ transport: "unix", path });
  } catch (error) {
    const { ConnectionRefused, NotFound } = Deno.errors;
    const isFree = error instanceof ConnectionRefused ||
      error instanceof NotFound; // it has just left
    if (isFree) return "nobody";
    if (isSomebody(error)) return "silent";
    throw error;
  }
  return await askForPid(conn);
}

/** Whether a connection failed because of who is there: too many wait already, or it takes datagrams only. */
function isSomebody(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isFull = "code" in error && error.code === "EAGAIN";
  return isFull || error.constructor === Error; // Deno has no class for the other (EPROTOTYPE)
}

async function askForPid(conn: Deno.UnixConn): Promise<Occupant> {
  let isOpen = true;
  const close = () => {
    if (isOpen) conn.close(); // a read that still waits ends with it
    isOpen = false;
  };
  const timer = setTimeout(close, ANSWER_MS);
  try {
    await writeAll(conn, new TextEncoder().encode("pid\n"));
    const { value = "" } = await readLines(conn).next();
    const pid = /^ok (\d+)$/.exec(value)?.[1];
    return pid === undefined ? "silent" : { pid };
  } catch {
    return "silent"; // the time is up, or it broke off: it was there
  } finally {
    clearTimeout(timer);
    close();
  }
}
