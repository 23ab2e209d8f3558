/**
 * A slow machine: that a connection is refused is told late. Loaded before a
 * server, it makes others come between its question and what it does about the
 * answer, as happens by itself now and then.
 *
 * @module
 */

/** How late, in milliseconds: as long as several programs take to start. */
const LATE_MS = 50;

const { connect } = Deno;

/** `Deno.connect`, late where it fails. */
async function connectSlowly(
  options: Deno.ConnectOptions & Deno.UnixConnectOptions,
): Promise<Deno.Conn> {
  try {
    return await connect(options);
  } catch (error) {
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    throw error;
  }
}

Object.defineProperty(Deno, "connect", {
  value: connectSlowly,
  writable: true,
  configurable: true,
  enumerable: true,
});
