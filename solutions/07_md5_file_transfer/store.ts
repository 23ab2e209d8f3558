/**
 * What stands in the folder of a store.
 *
 * @module
 */
import {
  checkFileName,
  FileNameError,
} from "@lessons/07_md5_file_transfer/file_name.ts";
import {
  openFile,
  type Outgoing,
} from "@lessons/07_md5_file_transfer/send_file.ts";
import { TransferError } from "@lessons/07_md5_file_transfer/transfer_error.ts";
import { Md5s } from "./md5s.ts";

/** A file as a list shows it. */
export interface Listed {
  /** Its name. */
  readonly name: string;
  /** How many bytes it has. */
  readonly size: number;
}

/**
 * The files in a folder, by name: those that a client can get. Folders, links,
 * files that are not whole yet and names that no client may use are left out.
 */
export async function listFiles(folder: string): Promise<Listed[]> {
  const files: Listed[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (!isFile || !isAllowed(name)) continue;
    try {
      const { size } = Deno.lstatSync(`${folder}/${name}`); // quicker than to wait a thousand times
      files.push({ name, size });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error; // removed meanwhile
    }
  }
  return files.sort((a, b) => a.name < b.name ? -1 : 1);
}

/**
 * Opens a file of a folder for a client.
 *
 * @param name What the client called it.
 * @param md5s Those that are known already.
 * @throws {FileNameError} Where that is no name of a file in the folder.
 * @throws {TransferError} Where there is no file of this name; a link is none, wherever it leads.
 */
export async function openStored(
  folder: string,
  name: unknown,
  md5s: Md5s = new Md5s(),
): Promise<Outgoing> {
  const path = `${folder}/${checkFileName(name)}`;
  try {
    const { isFile } = await Deno.lstat(path);
    if (isFile) return await openFile(path, (opened) => md5s.of(opened));
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error &&
      error.code === "ENOENT"; // lstat's error and openFile's are of two kinds
    if (!isMissing) throw error;
  }
  throw new TransferError(`there is no file "${name}"`);
}

function isAllowed(name: string): boolean {
  try {
    return checkFileName(name) === name;
  } catch (error) {
    if (error instanceof FileNameError) return false;
    throw error;
  }
}
