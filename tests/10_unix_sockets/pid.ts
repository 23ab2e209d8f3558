/**
 * Which process a server is, by its own word.
 *
 * @module
 */
import type { ServerActor } from "../../kit/actors.ts";
import { quote, toBytes } from "../../kit/bytes.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";

const LF = 0x0a;

/**
 * A server answers `pid` with its process id. One in another language may have
 * been started by a process that we know, and be another.
 *
 * @returns Its id.
 */
export async function pidOf(
  server: ServerActor,
  client: TcpPeer,
): Promise<number> {
  const { pid, isForeign } = server.program;
  const what = isForeign ? '"ok " and a number' : `"ok ${pid}"`;
  await client.sends("pid\n");
  return await client.scene.step(`${client.us} gets ${what}`, async () => {
    const { inbox } = client;
    const expected = toBytes(`ok ${pid}\n`);
    let lf: number;
    while ((lf = inbox.bytes.indexOf(LF)) === -1) {
      const { length } = inbox.bytes;
      await inbox.hold(length + 1, expected, what, isForeign);
    }
    const answer = new TextDecoder().decode(inbox.bytes.subarray(0, lf));
    const number = Number(/^ok (\d+)$/.exec(answer)?.[1]);
    if (!(number > 0) || !isForeign && number !== pid) {
      throw inbox.failure(
        `sent ${quote(inbox.bytes)}; it was expected to send ${what}`,
        expected,
        isForeign,
      );
    }
    inbox.take(lf + 1);
    return number;
  });
}
