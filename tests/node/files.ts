/**
 * Deno's calls for files over `node:fs`.
 *
 * @module
 */
import fs from "node:fs";
import fsp from "node:fs/promises";
import { promisify } from "node:util";
import { translate, translated } from "./errors.ts";

/** What is known of a file. */
interface Info {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly isSymlink: boolean;
  readonly size: number;
  readonly mode: number;
}

/** How a file is opened. */
interface OpenOptions {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly create?: boolean;
  readonly createNew?: boolean;
  readonly truncate?: boolean;
}

/** From where a file's position is counted. */
export const SeekMode = { Start: 0, Current: 1, End: 2 } as const;

function infoOf(stats: fs.Stats): Info {
  return {
    isFile: stats.isFile(),
    isDirectory: stats.isDirectory(),
    isSymlink: stats.isSymbolicLink(),
    size: stats.size,
    mode: stats.mode,
  };
}

/** What an {@linkcode FsFile} asks of the system. */
interface Handle {
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }>;
  write(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesWritten: number }>;
  stat(): Promise<fs.Stats>;
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

/** The same for a file that was opened without waiting. */
function handleOf(fd: number): Handle {
  const [read, write] = [promisify(fs.read), promisify(fs.write)];
  return {
    read: (...how) => read(fd, ...how),
    write: (...how) => write(fd, ...how),
    stat: () => promisify(fs.fstat)(fd),
    sync: () => promisify(fs.fsync)(fd),
    truncate: (length) => promisify(fs.ftruncate)(fd, length),
    close: () => promisify(fs.close)(fd),
  };
}

/** An open file. Its locks lock nothing: Node has none. */
class FsFile implements Disposable {
  readonly #handle: Handle;
  #position = 0;
  #isClosed = false;

  constructor(handle: Handle) {
    this.#handle = handle;
  }

  async read(buffer: Uint8Array): Promise<number | null> {
    if (buffer.length === 0) return 0;
    const reading = this.#handle.read(buffer, 0, buffer.length, this.#position);
    const { bytesRead } = await translated(reading);
    this.#position += bytesRead;
    return bytesRead === 0 ? null : bytesRead;
  }

  async write(bytes: Uint8Array): Promise<number> {
    const writing = this.#handle.write(bytes, 0, bytes.length, this.#position);
    const { bytesWritten } = await translated(writing);
    this.#position += bytesWritten;
    return bytesWritten;
  }

  seek(offset: number, _from: number): Promise<number> {
    this.#position = offset;
    return Promise.resolve(offset);
  }

  async stat(): Promise<Info> {
    return infoOf(await translated(this.#handle.stat()));
  }

  async sync(): Promise<void> {
    await translated(this.#handle.sync());
  }

  async truncate(length = 0): Promise<void> {
    await translated(this.#handle.truncate(length));
  }

  lock(): Promise<void> {
    return Promise.resolve();
  }

  tryLock(): Promise<boolean> {
    return Promise.resolve(true);
  }

  close(): void {
    this.#isClosed = true;
    this.#handle.close().catch(() => {});
  }

  [Symbol.dispose](): void {
    if (!this.#isClosed) this.close();
  }
}

function flagsOf(
  { read, write, create, createNew, truncate }: OpenOptions,
): number {
  const { O_RDONLY, O_RDWR, O_WRONLY, O_CREAT, O_EXCL, O_TRUNC } = fs.constants;
  return (read && write ? O_RDWR : write ? O_WRONLY : O_RDONLY) |
    (create || createNew ? O_CREAT : 0) | (createNew ? O_EXCL : 0) |
    (truncate ? O_TRUNC : 0);
}

/** `Deno.open`. */
export async function open(
  path: string,
  options: OpenOptions = { read: true },
): Promise<FsFile> {
  return new FsFile(await translated(fsp.open(path, flagsOf(options))));
}

/** `Deno.openSync`. */
export function openSync(
  path: string,
  options: OpenOptions = { read: true },
): FsFile {
  try {
    return new FsFile(handleOf(fs.openSync(path, flagsOf(options))));
  } catch (error) {
    throw translate(error);
  }
}

/** `Deno.stat`. */
export async function stat(path: string): Promise<Info> {
  return infoOf(await translated(fsp.stat(path)));
}

/** `Deno.lstat`. */
export async function lstat(path: string): Promise<Info> {
  return infoOf(await translated(fsp.lstat(path)));
}

/** `Deno.lstatSync`. */
export function lstatSync(path: string): Info {
  try {
    return infoOf(fs.lstatSync(path));
  } catch (error) {
    throw translate(error);
  }
}

/** `Deno.mkdir`. */
export async function mkdir(
  path: string,
  options?: { readonly recursive?: boolean },
): Promise<void> {
  await translated(fsp.mkdir(path, options ?? {}));
}

/** `Deno.remove`. */
export async function remove(path: string): Promise<void> {
  await translated(fsp.unlink(path));
}

/** `Deno.removeSync`. */
export function removeSync(path: string): void {
  try {
    fs.unlinkSync(path);
  } catch (error) {
    throw translate(error);
  }
}

/** `Deno.rename`. */
export async function rename(from: string, to: string): Promise<void> {
  await translated(fsp.rename(from, to));
}

/** `Deno.readFile`. */
export async function readFile(path: string): Promise<Uint8Array> {
  return await translated(fsp.readFile(path));
}

/** `Deno.writeFile`. */
export async function writeFile(
  path: string,
  bytes: Uint8Array,
): Promise<void> {
  await translated(fsp.writeFile(path, bytes));
}

/** `Deno.readDir`. */
export async function* readDir(
  path: string,
): AsyncGenerator<{ name: string; isFile: boolean; isDirectory: boolean }> {
  for await (const entry of await translated(fsp.opendir(path))) {
    yield {
      name: entry.name,
      isFile: entry.isFile(),
      isDirectory: entry.isDirectory(),
    };
  }
}
