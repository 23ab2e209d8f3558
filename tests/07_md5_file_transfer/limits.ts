/**
 * Servers that are started with less than they would like.
 *
 * @module
 */
import type { Command } from "@lessons/places.ts";

/**
 * A command whose writes fail with "File too large" past a limit, as on a full
 * disk. Without the trap the system would end it.
 */
export function withFileLimit(mostKiB: number): (command: Command) => Command {
  const blocks = mostKiB * 2; // of 512 bytes, by POSIX
  const limit = `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`;
  return (command) => ["sh", "-c", limit, "sh", ...command];
}

/** A command that may have so many files and connections open at a time, where the system has such a limit. */
export function withOpenLimit(most: number): (command: Command) => Command {
  if (Deno.build.os === "windows") return (command) => command;
  return (
    command,
  ) => ["sh", "-c", `ulimit -n ${most}; exec "$@"`, "sh", ...command];
}
