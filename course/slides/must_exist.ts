/**
 * What a deck names must be there.
 *
 * @module
 */
import { Problem } from "./problem.ts";

/** Looks for a file. @throws {Problem} Where there is none. */
export async function mustExist(url: URL, name: string): Promise<void> {
  try {
    await Deno.stat(url);
  } catch (error) {
    throw new Problem(`there is no ${name}`, { cause: error });
  }
}
