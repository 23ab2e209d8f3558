/**
 * The permissions of a program whose address is a path.
 *
 * In the catalogue, on pages and in header comments stand those for a lesson's
 * own path, `echo.sock`, with `$PWD` for the folder in which it runs, as a
 * shell knows it: Deno takes a Unix socket's path in `--allow-net` only whole.
 *
 * @module
 */

/** Where a program whose address is a path runs, and which path it is. */
export interface PathPlace {
  /** The folder in which it runs. */
  readonly folder: string;
  /** The lesson's own path, for which the flags are written. */
  readonly own: string;
  /** The path that it is given. */
  readonly path: string;
}

/** A path as a whole one, where there are Unix sockets: not on Windows. @param folder From where a relative one goes. */
export function wholePath(folder: string, path: string): string {
  return path.startsWith("/") ? path : `${folder}/${path}`;
}

/** The same flags for the path that a program is given. */
export function flagsForPath(
  flags: readonly string[],
  { folder, own, path }: PathPlace,
): string[] {
  const whole = wholePath(folder, path);
  return flags.map((flag) =>
    flag.replaceAll(`$PWD/${own}`, "\0").replaceAll(own, path)
      .replaceAll("\0", whole)
  );
}
