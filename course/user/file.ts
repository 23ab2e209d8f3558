/**
 * Files and folders that a user names.
 *
 * @module
 */
import { UserError } from "./error.ts";

/** A path that the user named, from where the user stands: `deno task` changes the folder. */
export async function userPath(name: string): Promise<string> {
  const { resolve } = await import("node:path");
  return resolve(Deno.env.get("INIT_CWD") ?? Deno.cwd(), name);
}

/**
 * What a file is called that a user named, from where the user stands.
 *
 * @param flag What it was named for, as the error says it.
 * @throws {UserError} Where it has no ending that is wanted.
 */
export async function userFile(
  name: string,
  flag: string,
  endings: readonly string[],
): Promise<string> {
  if (!endings.some((ending) => name.endsWith(ending))) {
    throw new UserError(
      `${flag} needs a file that ends in ${endings.join(" or ")}${
        name === "" ? "" : `, not "${name}"`
      }`,
    );
  }
  return await userPath(name);
}
