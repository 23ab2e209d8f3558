/**
 * Scripted guests of the room, and what they hear.
 *
 * @module
 */
import type { ServerActor } from "../../kit/actors.ts";
import { firstDifference, quoteAt, toBytes } from "../../kit/bytes.ts";
import { bytes } from "../../kit/expectations/bytes.ts";
import { either } from "../../kit/expectations/either.ts";
import { end } from "../../kit/expectations/end.ts";
import type { Expectation } from "../../kit/expectations/expectation.ts";
import { Failure } from "../../kit/failure.ts";
import type { Script } from "../../kit/script.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";

const LF = 0x0a;

/** What each client is asked. */
export const WELCOME = "welcome! what is your name?\n";

/** The list of those who were there; the blank behind the colon is nobody's affair where there are none. */
export function roomOf(names: readonly string[]): Expectation {
  return names.length > 0
    ? bytes(`* in the room: ${names.join(", ")}\n`)
    : either("* in the room: \n", "* in the room:\n");
}

/** A line that begins with `error: `, in the program's own words. */
export const anError: Expectation = {
  says: 'gets a line that begins with "error: "',
  async take(inbox) {
    await bytes("error: ").take(inbox);
    while (true) {
      const lf = inbox.bytes.indexOf(LF);
      if (lf !== -1) return void inbox.take(lf + 1);
      await inbox.hold(inbox.bytes.length + 1, toBytes("\n"), "the line's LF");
    }
  },
};

/** The connection ends. Whether bytes that nobody had read turn that into a reset is the system's affair. */
export const gone: Expectation = {
  says: "sees the connection end",
  async take(inbox) {
    try {
      await end().take(inbox);
    } catch (error) {
      if (!inbox.isReset || inbox.bytes.length > 0) throw error;
    }
  },
};

/** A client connects and is asked for its name. @param us What a verdict calls it. */
export async function knocks(
  script: Script,
  server: ServerActor,
  us: string,
  options: { canReset?: boolean } = {},
): Promise<TcpPeer> {
  const peer = await script.connect(server, { ...options, us });
  await peer.gets(WELCOME);
  return peer;
}

/** Somebody comes into the room, and those who are there hear of it. @param others Those, in the order in which they came. */
export async function comesIn(
  script: Script,
  server: ServerActor,
  name: string,
  others: readonly TcpPeer[] = [],
  options: { canReset?: boolean } = {},
): Promise<TcpPeer> {
  const guest = await knocks(script, server, name, options);
  await guest.asks(`${name}\n`, roomOf(others.map(({ us }) => us)));
  await hear(others, `* ${name} has come\n`);
  return guest;
}

/** Somebody says a line, and the others hear it. */
export async function says(
  guest: TcpPeer,
  text: string,
  ...others: readonly TcpPeer[]
): Promise<void> {
  await guest.sends(`${text}\n`);
  await hear(others, `[${guest.us}] ${text}\n`);
}

/** Each of these hears this next. */
export async function hear(
  guests: readonly TcpPeer[],
  text: string,
): Promise<void> {
  for (const guest of guests) await guest.gets(text);
}

/** A round trip of somebody else: what was sent before it has reached the server by then, and been looked at. */
export async function aTurn(script: Script, server: ServerActor) {
  await knocks(script, server, "a stranger");
}

/** Brings many guests in, one after another, as one step. */
export async function fill(
  script: Script,
  server: ServerActor,
  names: readonly string[],
): Promise<TcpPeer[]> {
  return await script.step(`${names.length} guests come in`, async () => {
    const guests: TcpPeer[] = [];
    for (const name of names) {
      const guest = await script.connectQuietly(server, name);
      await guest.gets(WELCOME);
      await guest.asks(`${name}\n`, roomOf(guests.map(({ us }) => us)));
      await hear(guests, `* ${name} has come\n`);
      guests.push(guest);
    }
    return guests;
  });
}

/** The next lines that a guest gets, so many of them. */
export async function takeLines(
  { inbox }: TcpPeer,
  count: number,
): Promise<string[]> {
  const parts: Uint8Array[] = [];
  const expected = toBytes("a line\n");
  for (let left = count; left > 0;) {
    await inbox.hold(1, expected, `${left} more lines`);
    const lf = nthLf(inbox.bytes, left);
    left -= lf.found;
    if (lf.end > 0) parts.push(inbox.take(lf.end));
    if (left > 0) {
      const more = inbox.bytes.length + 1;
      await inbox.hold(more, expected, `${left} more lines`);
    }
  }
  const decoder = new TextDecoder();
  const text = parts.map((part) => decoder.decode(part, { stream: true }));
  return text.join("").split("\n").slice(0, -1);
}

/** Where the bytes' nth LF ends, or the last one where there are fewer. */
function nthLf(bytes: Uint8Array, count: number) {
  let end = 0;
  let found = 0;
  for (let lf; found < count && (lf = bytes.indexOf(LF, end)) !== -1;) {
    end = lf + 1;
    found++;
  }
  return { end, found };
}

/** What a guest got should be this. @throws {Failure} Where it is not. */
export function same(
  { us, label }: TcpPeer,
  came: readonly string[],
  wanted: readonly string[],
  why: string,
): void {
  const text = (lines: readonly string[]) =>
    lines.map((line) => `${line}\n`).join("");
  const [received, expected] = [toBytes(text(came)), toBytes(text(wanted))];
  if (firstDifference(received, expected) === -1) return;
  throw new Failure(
    `${label} sent ${us} ${
      quoteAt(received, expected)
    }; it was expected to send ${quoteAt(expected, received)}: ${why}`,
    { received, expected },
  );
}
