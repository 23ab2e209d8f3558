/**
 * The datagrams that come to a socket, one after another.
 *
 * @module
 */

/**
 * Receives until the socket is closed.
 *
 * One `receive` at a time, and none given up: a second one beside it would
 * leave a datagram to the first, where nobody looks for it any more.
 *
 * @throws Whatever `receive` throws, but for the news of an earlier datagram that found nobody: Windows tells it here, as a reset.
 */
export async function* datagrams(
  socket: Pick<Deno.DatagramConn, "receive">,
): AsyncGenerator<[Uint8Array, Deno.Addr]> {
  const { BadResource, ConnectionReset, Interrupted } = Deno.errors;
  while (true) {
    try {
      yield await socket.receive();
    } catch (error) {
      if (error instanceof ConnectionReset) continue;
      if (error instanceof BadResource || error instanceof Interrupted) return;
      throw error;
    }
  }
}
