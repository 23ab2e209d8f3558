/**
 * Lesson 11, a bad network on your own machine: passes datagrams on, and loses, doubles, swaps, corrupts and delays some.
 *
 *   deno run --allow-net=127.0.0.1 lessons/11_reliable_udp/link.ts --to 8011 --lose 0.2 --seed 7
 *
 * It knows nothing of TFTP: any client on UDP can be told its port instead of
 * the server's. Where a server answers from another port, the link opens one
 * more, which stands for that port from then on.
 */
import { formatAddress, numberOf, runServer } from "@lessons/program.ts";
import { fates, type Habits } from "./fate.ts";
import { type Way, wayThrough } from "./way.ts";

const flags = {
  to: "PORT",
  lose: "SHARE",
  double: "SHARE",
  swap: "SHARE",
  corrupt: "SHARE",
  delay: "MS",
  seed: "N",
} as const;

await runServer({ port: 8111, flags }, async ({ address, flag, say }) => {
  const share = (name: keyof Habits) =>
    numberOf(name, flag(name) ?? "0", { least: 0, most: 1, fractions: true });
  const habits: Habits = {
    lose: share("lose"),
    double: share("double"),
    swap: share("swap"),
    corrupt: share("corrupt"),
  };
  const delay = numberOf("delay", flag("delay") ?? "0", {
    least: 0,
    most: 60_000,
  });
  const seed = numberOf("seed", flag("seed") ?? "1", {
    least: 0,
    most: 1_000_000,
  });
  const { hostname } = address;
  const port = numberOf("to", flag("to") ?? "8011", { least: 1, most: 65535 });

  const open = (at = 0) =>
    Deno.listenDatagram({ hostname, port: at, transport: "udp" });
  /** The sockets that stand for the server, by its ports. */
  const fronts = new Map<number, Deno.DatagramConn>();
  /** The sockets that stand for the clients, by their addresses. */
  const backs = new Map<string, Deno.DatagramConn>();

  /** Opens the socket that clients find in place of a port of the server. */
  const frontFor = (port: number, at?: number) => {
    const front = open(at);
    fronts.set(port, front);
    listen(front, (bytes, client) => {
      const key = formatAddress(client);
      const back = backs.get(key) ?? backFor(key, client);
      wayOf(`to ${key}`, backs.size)(
        (bytes) => send(back, bytes, { hostname, port, transport: "udp" }),
        bytes,
      );
    });
    return front;
  };

  /** Opens the socket that the server finds in place of a client. */
  const backFor = (key: string, client: Deno.NetAddr) => {
    const back = open();
    backs.set(key, back);
    const number = backs.size;
    listen(back, (bytes, { port }) => {
      const front = fronts.get(port) ?? frontFor(port);
      wayOf(`from ${key}`, -number)(
        (bytes) => send(front, bytes, client),
        bytes,
      );
    });
    return back;
  };

  /** The ways, each with fates of its own: what other clients do changes none of them. */
  const ways = new Map<string, Way>();
  const wayOf = (name: string, number: number): Way => {
    const way = ways.get(name) ??
      wayThrough(fates(habits, seed * 1000 + number), delay);
    ways.set(name, way);
    return way;
  };

  say.listening(frontFor(port, address.port));
  await new Promise(() => {}); // until Ctrl-C
});

/** Hears all that comes to a socket. */
async function listen(
  socket: Deno.DatagramConn,
  hear: (bytes: Uint8Array, from: Deno.NetAddr) => void,
): Promise<void> {
  while (true) {
    try {
      const [bytes, from] = await socket.receive();
      if (from.transport === "udp") hear(bytes, from);
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionReset)) throw error; // Windows tells of a closed port here
    }
  }
}

/** Sends, and does not mind where nobody is: a network does not, either. */
async function send(
  socket: Deno.DatagramConn,
  bytes: Uint8Array,
  to: Deno.NetAddr,
): Promise<void> {
  await socket.send(bytes, to).catch(() => {});
}
