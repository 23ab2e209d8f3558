/**
 * A path for one server alone.
 *
 * Looking who is there, removing what a dead server left and listening are three
 * calls, and another process may run between any two of them. So they are done
 * under a lock that all who want the path take: on a file beside it, which
 * stays. The system gives the lock back when its holder ends, however it ends.
 *
 * @module
 */
import { type Occupant, whoIsAt } from "./occupant.ts";

/** A listener at a path that no other server can have meanwhile. */
export interface Claim {
  /** Listens there. Do not close it: that would remove whatever stands at the path by then. */
  readonly listener: Deno.UnixListener;
  /** Removes the path, where it is still this listener's. The program must end then, and the lock ends with it. */
  release(): Promise<void>;
}

/**
 * Listens at a path. What a dead server has left there is removed; nothing else
 * is.
 *
 * @throws {Error} Where a server listens there already, or no socket stands there.
 */
export async function claimPath(path: string): Promise<Claim> {
  // Until all is done: the next one then finds a server that listens.
  using _lock = await lockBeside(path);
  await clear(path);

  // What is made now is for its owner alone, from its first moment.
  const before = Deno.umask(0o177);
  let listener: Deno.UnixListener;
  try {
    listener = Deno.listen({ transport: "unix", path });
  } finally {
    Deno.umask(before);
  }

  const own = Deno.lstatSync(path);
  return {
    listener,
    async release() {
      await lockBeside(path); // never given back: this program ends with it
      const info = await lookAt(path);
      if (info?.ino === own.ino && info.dev === own.dev) Deno.removeSync(path);
    },
  };
}

/** Waits for the lock of a path. Its file is never removed: then two could hold locks of two files. */
async function lockBeside(path: string): Promise<Deno.FsFile> {
  const file = await Deno.open(`${path}.lock`, {
    ...{ create: true, write: true, mode: 0o600 },
  });
  await file.lock(true);
  return file;
}

/** Makes room at a path, where a dead server has left it. */
async function clear(path: string): Promise<void> {
  const info = await lookAt(path);
  if (info === undefined) return;
  if (!info.isSocket) throw new Error(`${path} is taken: it is no socket`);
  const occupant = await whoIsAt(path);
  if (occupant !== "nobody") {
    throw new Error(`${path} is taken: ${inWords(occupant)}`);
  }
  Deno.removeSync(path);
}

function inWords(occupant: Exclude<Occupant, "nobody">): string {
  return occupant === "silent"
    ? "who listens there does not answer"
    : `process ${occupant.pid} answers there`;
}

/** What stands at a path, itself: no link is followed. */
async function lookAt(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
