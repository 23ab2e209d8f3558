/**
 * The folder of a case, and what should be in it.
 *
 * @module
 */
import { firstDifference, quote, quoteLine } from "../../kit/bytes.ts";
import { Failure } from "../../kit/failure.ts";
import { guard, Hang, within } from "../../kit/guard.ts";
import type { Script } from "../../kit/script.ts";

/** Files by their names. */
export type Contents = Readonly<Record<string, Uint8Array>>;

/** A path in the folder of the case. */
export function path(script: Script, name: string): string {
  return `${script.stage.folder}/${name}`;
}

/** Puts files into the folder of the case. */
export async function files(
  script: Script,
  contents: Contents,
): Promise<void> {
  await script.step(
    `these files are there: ${Object.keys(contents).join(", ")}`,
    () => {
      for (const [name, bytes] of Object.entries(contents)) {
        const file = path(script, name);
        Deno.mkdirSync(file.slice(0, file.lastIndexOf("/")), {
          recursive: true,
        });
        Deno.writeFileSync(file, bytes);
      }
    },
  );
}

/** Puts files into the folder of the case, in which nothing else is left of an earlier try. */
export async function filesAlone(
  script: Script,
  contents: Contents,
): Promise<void> {
  for (const { name } of Deno.readDirSync(path(script, "."))) {
    Deno.removeSync(path(script, name), { recursive: true });
  }
  await files(script, contents);
}

/** A symbolic link stands in the folder of the case. @returns Whether it does: on Windows not everybody may make one. */
export async function isLinked(
  script: Script,
  name: string,
  to: string,
): Promise<boolean> {
  return await script.step(`${name} is a link to ${to}`, async (add) => {
    try {
      await Deno.symlink(to, path(script, name));
      return true;
    } catch (error) {
      if (Deno.build.os !== "windows") throw error;
      add(", which this system does not allow");
      return false;
    }
  });
}

/** How long what is to be tidied up may take, in milliseconds. */
const TIDY_MS = 1_000;

/**
 * A folder holds exactly these files: no part of one, nothing temporary.
 *
 * @param isSoon Whether it may take a moment: where nothing tells when the program has done.
 */
export async function holds(
  script: Script,
  folder: string,
  contents: Contents,
  isSoon = false,
): Promise<void> {
  const names = Object.keys(contents).sort();
  await script.step(
    `${folder} holds ${names.length === 0 ? "nothing" : names.join(", ")}${
      isSoon ? ", soon" : ""
    }`,
    async () => {
      if (!await isThere(path(script, folder))) {
        throw new Failure(
          `there is no folder ${folder}; ${
            program(script)
          } was expected to make it`,
        );
      }
      const strange = await strangersLeft(script, folder, names);
      if (strange.length > 0) {
        throw new Failure(
          `there is something else in ${folder}: ${
            strange.map((name) => quoteLine(name)).join(", ")
          }; ${program(script)} was expected to leave ${
            names.length === 0 ? "nothing" : names.join(", ")
          }`,
          { found: `in the folder: ${strange.join(", ")}` },
        );
      }
      for (const [name, bytes] of Object.entries(contents)) {
        await isWhole(script, `${folder}/${name}`, bytes);
      }
    },
  );
}

/** What is in a folder and should not be, when there was time to tidy up. */
async function strangersLeft(
  script: Script,
  folder: string,
  names: readonly string[],
): Promise<string[]> {
  let strange: string[] = [];
  let isOver = false;
  const look = async () => {
    while (!isOver) {
      strange = await strangers(path(script, folder), names);
      if (strange.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 5)); // nothing tells when a folder changes
    }
  };
  try {
    await guard(within(TIDY_MS, script.patience), look());
  } catch (error) {
    if (!(error instanceof Hang)) throw error;
  } finally {
    isOver = true;
  }
  return strange;
}

/** What is in a folder and should not be. */
async function strangers(
  folder: string,
  names: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (!names.includes(name)) found.push(name);
  }
  return found;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The file of the case that holds exactly these bytes, by its path in it; `undefined` where none does. */
export async function whereIs(
  script: Script,
  bytes: Uint8Array,
  folder = "",
): Promise<string | undefined> {
  for await (const entry of Deno.readDir(path(script, folder))) {
    const name = `${folder}${entry.name}`;
    if (entry.isDirectory) {
      const found = await whereIs(script, bytes, `${name}/`);
      if (found !== undefined) return found;
    } else if (entry.isFile) {
      const found = await Deno.readFile(path(script, name));
      if (firstDifference(found, bytes) === -1) return name;
    }
  }
  return undefined;
}

/** A file holds exactly these bytes. */
export async function isWhole(
  script: Script,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const found = await Deno.readFile(path(script, name)).catch(() => undefined);
  if (found === undefined) {
    throw new Failure(
      `there is no file ${name}; ${program(script)} was expected to leave ${
        quote(bytes)
      } in it`,
      { found: "no file" },
    );
  }
  if (firstDifference(found, bytes) === -1) return;
  throw new Failure(
    `${name} holds ${quote(found)}; ${program(script)} was expected to leave ${
      quote(bytes)
    } in it`,
    { found: `another content: ${quote(found)}` },
  );
}

/** There is no file of this name. */
export async function isMissing(script: Script, name: string): Promise<void> {
  await script.step(`there is no ${name}`, async () => {
    const there = await Deno.lstat(path(script, name)).catch(() => undefined);
    if (there === undefined) return;
    throw new Failure(
      `there is a ${name} of ${there.size} bytes; ${
        program(script)
      } was expected to give no file its name before it is whole`,
      { found: `a file of ${there.size} bytes` },
    );
  });
}

/** The program under test, for a verdict about files. */
function program(script: Script): string {
  const mine = script.programs.find(({ label }) => label.startsWith("your"));
  return mine?.label ?? "the program";
}

/** The lesson's poem, in the folder of the case too. */
export const poem = "lessons/07_md5_file_transfer/poem.txt";

/** The poem stands in a folder of the case under this name. */
export async function hasPoem(script: Script, name: string): Promise<void> {
  await script.step(`${name} is the poem`, async () => {
    const bytes = await Deno.readFile(path(script, poem));
    await isWhole(script, name, bytes);
  });
}
