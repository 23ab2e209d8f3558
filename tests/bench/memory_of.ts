/**
 * How much memory a process has in use, on Linux.
 *
 * @module
 */

/** How much memory a process has in use, in KiB. */
export function memoryOf(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
}
