/**
 * A place of its own for what somebody else's programs store.
 *
 * Deno lets each program keep data without a permission, through
 * `localStorage` and `caches`, in a folder of its own directory. For the
 * programs of a stranger that directory is a temporary one, in which links
 * stand for all else that Deno has there: its packages and what it has compiled.
 *
 * @module
 */
import { makeFolder, removeFolder, startReaper } from "../kit/reaper.ts";

const VARIABLE = "DENO_DIR";

/** The folder of Deno's directory in which programs store. */
const STORAGE = "location_data";

/**
 * Has programs that are started from now on store in a folder that goes when
 * this is disposed of. Where the system makes no links, nothing changes.
 */
export async function useOwnStorage(): Promise<Disposable> {
  startReaper(); // before the folder, which it removes if this process is killed
  const before = Deno.env.get(VARIABLE);
  const own = makeFolder("course_deno_");
  const place = {
    [Symbol.dispose]() {
      if (before === undefined) Deno.env.delete(VARIABLE);
      else Deno.env.set(VARIABLE, before);
      removeFolder(own);
    },
  };
  try {
    linkAll(await denoDir(), own);
    Deno.env.set(VARIABLE, own);
  } catch (error) {
    const { PermissionDenied, NotSupported } = Deno.errors;
    const cannot = error instanceof PermissionDenied ||
      error instanceof NotSupported || Deno.build.os === "windows"; // there it takes a right of its own
    if (!cannot) throw error;
  }
  return place;
}

/** Makes links to all that stands in a folder, but for what programs store. */
function linkAll(from: string, to: string): void {
  for (const { name } of Deno.readDirSync(from)) {
    if (name !== STORAGE) Deno.symlinkSync(`${from}/${name}`, `${to}/${name}`);
  }
}

let known: Promise<string> | undefined;

/** Deno's directory; it is asked for once. */
function denoDir(): Promise<string> {
  return known ??= askForDenoDir();
}

async function askForDenoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
    stdin: "null",
    stderr: "null",
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}
