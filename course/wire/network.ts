/**
 * A bad network between two recorded programs: the tap stands where their
 * datagrams leave, and loses, doubles, swaps and delays some, by a seed.
 *
 * It decides as lesson 11's link does, and tells the recording what it did: so
 * a view can say of each datagram whether it was lost, and of each that comes
 * whether it is a copy.
 *
 * @module
 */
import { fates } from "@lessons/11_reliable_udp/fate.ts";
import { wayThrough } from "@lessons/11_reliable_udp/way.ts";
import { replace } from "./replace.ts";

/** What a network does. */
export interface Network {
  /** Which share it loses, from 0 to 1. */
  readonly lose: number;
  /** Which share arrives twice. */
  readonly double: number;
  /** Which share is overtaken by the next. */
  readonly swap: number;
  /** How long each is under way, in milliseconds. */
  readonly delay: number;
  /** The same seed does the same. */
  readonly seed: number;
}

/** The most of each. */
const MOST: Network = {
  ...{ lose: 1, double: 1, swap: 1 },
  ...{ delay: 60_000, seed: 1_000_000 },
};

/** What a network does that is told nothing. */
const NOTHING: Network = { lose: 0, double: 0, swap: 0, delay: 0, seed: 1 };

/** How a network is written. */
export const NETWORK_FORM =
  "such as lose=0.3,double=0.1,swap=0.1,delay=20,seed=7";

/** Reads `lose=0.3,seed=7`. @returns `undefined` where it is no network. */
export function readNetwork(text: string): Network | undefined {
  let network = NOTHING;
  for (const part of text.split(",")) {
    const [, name = "", digits = ""] =
      /^([a-z]+)=(\d+(?:\.\d+)?)$/.exec(part) ??
        [];
    const value = Number(digits);
    if (digits === "" || !isHabit(name) || value > MOST[name]) return undefined;
    const isWhole = name === "delay" || name === "seed";
    if (isWhole && !Number.isInteger(value)) return undefined;
    network = { ...network, [name]: value };
  }
  return network;
}

/** Writes a network so that {@linkcode readNetwork} reads it again. */
export function writeNetwork(network: Network): string {
  return Object.entries(network).map(([name, value]) => `${name}=${value}`)
    .join(",");
}

function isHabit(name: string): name is keyof Network {
  return Object.hasOwn(MOST, name);
}

/** A datagram that was given to the network. */
export interface Sent {
  /** How many of it go out: none where it is lost. */
  readonly copies: number;
  /** Settles as the socket's own `send` would. */
  readonly taken: Promise<number>;
}

/**
 * Puts a network in front of a socket. What is under way when the program
 * closes the socket still arrives.
 *
 * @param socket The number of the socket in its program: each has fates of its own.
 * @returns What sends.
 */
export function putNetwork(
  conn: Deno.DatagramConn,
  { lose, double, swap, delay, seed }: Network,
  socket: number,
): (data: Uint8Array, to: Deno.Addr) => Sent {
  const send = conn.send.bind(conn);
  const close = conn.close.bind(conn);
  const habits = { lose, double, swap, corrupt: 0 };
  const way = wayThrough(fates(habits, seed * 1000 + socket), delay);
  let isClosed = false;
  let underWay = 0;
  const closeInTime = () => {
    if (isClosed && underWay === 0) close();
  };
  replace(conn, "close", () => {
    if (isClosed) close(); // throws, as it should
    isClosed = true;
    closeInTime();
  });
  return (data, to) => {
    if (isClosed) return { copies: 1, taken: send(data, to) };
    const { isLost, isDoubled } = way(async (bytes) => {
      await send(bytes, to).catch(() => {}); // a network does not say where nobody is
      underWay--;
      closeInTime();
    }, data);
    const copies = isLost ? 0 : isDoubled ? 2 : 1;
    underWay += copies;
    return { copies, taken: Promise.resolve(data.length) };
  };
}
