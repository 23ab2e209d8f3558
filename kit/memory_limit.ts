/**
 * How much memory a program under test may have: one that keeps all that it is
 * sent ends by itself, before the machine begins to swap.
 *
 * @module
 */
import type { Command } from "@lessons/places.ts";

/** What V8 may take for objects and strings, in MiB. */
const HEAP_MIB = 512;

/** What a process may take all told, in KiB; for a start Deno takes about 600 MiB of it. */
const DATA_KIB = 2 * 1024 * 1024;

/** Deno's flags for it. */
export const MEMORY_FLAGS: readonly string[] = [
  `--v8-flags=--max-old-space-size=${HEAP_MIB}`,
];

/**
 * A command for which the system has that limit, where it can be set: byte
 * arrays lie outside of V8's own memory. See setrlimit(2), RLIMIT_DATA.
 */
export function withMemoryLimit(command: Command): Command {
  if (Deno.build.os !== "linux") return command;
  // Where the system allows less already, that stays.
  const limit = `ulimit -d ${DATA_KIB} 2>/dev/null; exec "$@"`;
  return ["sh", "-c", limit, "sh", ...command];
}
