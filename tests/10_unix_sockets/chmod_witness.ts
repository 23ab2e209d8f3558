/**
 * Sees what mode a path had before its rights are changed. Loaded before a
 * server: its path may be wide for some microseconds only, and nobody from
 * outside is sure to look just then.
 *
 * @module
 */
import { WAS_WIDE } from "./was_wide.ts";

const { chmod, chmodSync } = Deno;

/** Tells where a socket is there for others than its owner. */
function look(path: string | URL): void {
  const { isSocket, mode } = Deno.lstatSync(path);
  const rights = (mode ?? 0) & 0o777;
  // On stdout, so that it stands before the ready line.
  if (isSocket && (rights & ~0o600) !== 0) {
    console.log(`${WAS_WIDE}${rights.toString(8)}`);
  }
}

Object.assign(Deno, {
  chmod(path: string | URL, mode: number): Promise<void> {
    look(path);
    return chmod(path, mode);
  },
  chmodSync(path: string | URL, mode: number): void {
    look(path);
    chmodSync(path, mode);
  },
});
