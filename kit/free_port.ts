/**
 * A port on which nobody listens.
 *
 * @module
 */

/**
 * Finds a TCP port of 127.0.0.1 on which nobody listens, from 20000 to 29999.
 * It begins anywhere there, so that two searches at the same time rarely meet.
 *
 * It lies below the ports that the system hands out by itself: a client that
 * tries such a one can get it as its own and connect to itself.
 *
 * @throws {Error} Where all up to 29999 are taken.
 */
export function freePort(): number {
  const start = Math.floor(Math.random() * 10_000);
  for (let i = 0; i < 10_000; i++) {
    const port = 20_000 + (start + i) % 10_000;
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
  throw new Error("Cannot find a free port from 20000 to 29999");
}
