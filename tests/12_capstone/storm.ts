/**
 * Many students at once, each over a connection of its own for each request.
 *
 * @module
 */
import type { ServerActor } from "../../kit/actors.ts";
import { quote } from "../../kit/bytes.ts";
import { Failure } from "../../kit/failure.ts";
import { guard, Hang } from "../../kit/guard.ts";
import { inParallel } from "../../kit/parallel.ts";
import type { Script } from "../../kit/script.ts";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { frame } from "../../kit/frames.ts";
import { type Fields, isFields, lastLine, wrong } from "./school.ts";

/** A wish in a storm. */
export interface StormWish {
  /** Who has it. */
  readonly student: string;
  /** The request. */
  readonly request: Fields;
  /** When it was sent first. */
  readonly sent: number;
  /** When its reply was here. */
  answered: number;
  /** What that is; absent while there is none. */
  reply?: Fields;
}

/** What is found where more are told to have a seat than there are. */
export const OVERSOLD = "oversold";

/** What is found where somebody's seat is another's, or nobody's. */
export const NOT_THERE = "a confirmed seat is not there";

/**
 * Sends a request over a connection of its own.
 *
 * @returns The reply; `undefined` where there is no connection, or it ends before.
 * @throws {Failure} Where the server is silent, or what it sends is no reply.
 */
export async function askOnce(
  script: Script,
  server: ServerActor,
  request: Fields,
): Promise<Fields | undefined> {
  let conn: Deno.Conn | undefined;
  const talk = async () => {
    conn = await Deno.connect(server.address);
    const text = JSON.stringify(request);
    await writeFrame(conn, new TextEncoder().encode(text));
    return await new FrameReader(conn).readFrame();
  };
  const broken = () => null; // it may have been killed
  try {
    const payload = await whileOthersGetReplies(script, talk().catch(broken));
    return payload === null ? undefined : replyIn(payload, server);
  } catch (error) {
    if (!(error instanceof Hang)) throw error;
    throw Failure.ofSilence(
      error,
      `${server.label} gave nobody a reply for ${error.time}; it was asked to ${request.op}`,
    );
  } finally {
    conn?.close();
  }
}

/** How many replies have come in a script. */
const replies = new WeakMap<Script, number>();

/** Waits for a reply. In a crowd somebody is the last: as long as others get theirs, nothing hangs. */
async function whileOthersGetReplies<T>(
  script: Script,
  reply: Promise<T>,
): Promise<T> {
  const counted = reply.finally(() =>
    replies.set(script, (replies.get(script) ?? 0) + 1)
  );
  while (true) {
    const before = replies.get(script);
    try {
      return await guard(script.patience, counted);
    } catch (error) {
      if (replies.get(script) === before) throw error;
    }
  }
}

function replyIn(payload: Uint8Array, { label }: ServerActor): Fields {
  const text = new TextDecoder().decode(payload);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (isFields(value)) return value;
  throw new Failure(
    `${label} sent a frame of ${
      quote(text)
    }; it was expected to send a reply, an object`,
  );
}

/** What no server takes for a request: lengths that are none, payloads that are no object, half a frame. */
const HOSTILE = [
  frame("", -1),
  frame("", 0x7fff_ffff),
  frame("no JSON"),
  frame("[]"),
  frame('{"id":1,"op":"select"}'),
  frame("x", 1000),
];

/** So often somebody asks who reads no replies. */
const UNREAD = 2000;

/** Guests who mean no good, until the case ends: they send what is no request, or ask and read nothing. */
export async function disturb(
  script: Script,
  server: ServerActor,
): Promise<void> {
  await script.step(
    "some send what is no request, and somebody asks again and again and reads no reply",
    async () => {
      const courses = frame('{"id":"0","op":"courses"}');
      const unread = new Uint8Array(courses.length * UNREAD);
      for (let i = 0; i < UNREAD; i++) unread.set(courses, i * courses.length);
      for (const bytes of [...HOSTILE, unread]) {
        const conn = await Deno.connect(server.address);
        script.onEnd(() => conn.close());
        writeAll(conn, bytes).catch(() => {}); // not awaited: it may wait for ever, or be cut off
      }
    },
  );
}

/** How many sign up at once: that is no storm yet. */
const SIGNUPS = 10;

/** Students sign up. @returns Their tokens by their names. */
export async function signUp(
  script: Script,
  servers: readonly ServerActor[],
  names: readonly string[],
): Promise<Map<string, string>> {
  return await script.step(`${names.length} students sign up`, async () => {
    const tokens = await inParallel(
      SIGNUPS,
      names.map((name, i) => async () => {
        const server = servers[i % servers.length] ?? script.server;
        const reply = await askOnce(script, server, {
          ...{ id: "0", op: "signup", name, password: "correct horse" },
        });
        if (isFields(reply?.ok)) return [name, String(reply.ok.token)] as const;
        throw wrong(
          `${server.label} answered a signup with ${said(reply)}${
            reply ? "" : await lastLine(script, server)
          }`,
          "",
        );
      }),
    );
    return new Map(tokens);
  });
}

/** A reply in a verdict. */
export function said(reply: Fields | undefined): string {
  return reply ? JSON.stringify(reply) : "the end of the connection";
}

/** The reply says that there is a seat. */
export function isSeated({ reply }: StormWish): boolean {
  return isFields(reply?.ok) && reply.ok.state === "seated";
}

/** The place on the list that a reply tells. */
export function placeOf({ reply }: StormWish): number | undefined {
  if (!isFields(reply?.ok) || reply.ok.state !== "waiting") return undefined;
  return Number(reply.ok.place);
}

/** So many have a seat, and all others a place of their own, from 1. */
export function isFair(
  label: string,
  wishes: readonly StormWish[],
  seats: number,
): void {
  const seated = wishes.filter(isSeated).length;
  if (seated !== seats) {
    throw wrong(
      `${label} told ${seated} of ${wishes.length} students that they have a seat; it was expected to tell ${seats}, for there are so many seats`,
      seated > seats ? OVERSOLD : "",
    );
  }
  const rest = wishes.filter((wish) => !isSeated(wish));
  const places = rest.map((wish) => placeOf(wish) ?? 0).sort((a, b) => a - b);
  const wrongAt = places.findIndex((place, i) => place !== i + 1);
  if (wrongAt === -1) return;
  const odd = rest.find((wish) => placeOf(wish) === undefined);
  const says = odd
    ? `one of them ${said(odd.reply)}`
    : `place ${places[wrongAt]} where ${wrongAt + 1} was due`;
  throw wrong(
    `${label} told ${says}; it was expected to tell the ${places.length} without a seat the places 1 to ${places.length}, each once`,
    "",
  );
}

/**
 * There is an order that explains all replies: whoever asked when another had
 * a reply already stands behind it.
 */
export function hasOrder(label: string, wishes: readonly StormWish[]): void {
  const rank = (wish: StormWish) => placeOf(wish) ?? 0; // who has a seat was before all who wait
  const byRank = wishes.toSorted((a, b) => rank(a) - rank(b));
  let latest: StormWish | undefined; // of those with a smaller place, who asked last
  for (const wish of byRank) {
    if (latest && rank(latest) < rank(wish) && wish.answered < latest.sent) {
      throw wrong(
        `${label} told ${wish.student} ${
          JSON.stringify(wish.reply)
        } before ${latest.student} asked, and then told ${latest.student} ${
          JSON.stringify(latest.reply)
        }; no order of the two explains that`,
        "",
      );
    }
    if (!latest || wish.sent > latest.sent) latest = wish;
  }
}

/** A request that comes again gets the reply that it got. */
export function isAlike(
  label: string,
  { student, request, reply }: StormWish,
  again: Fields | undefined,
): void {
  const text = (fields: Fields | undefined) =>
    said(fields && { id: fields.id, ok: fields.ok, error: fields.error });
  const isSame = isFields(reply?.ok) && isFields(again?.ok)
    ? reply.ok.state === again.ok.state && reply.ok.place === again.ok.place
    : text(reply) === text(again);
  if (isSame) return;
  // Who waits now has no seat: the one that was promised is not there. Any other reply has many reasons.
  const isGone = isFields(reply?.ok) && reply.ok.state === "seated" &&
    isFields(again?.ok) && again.ok.state === "waiting";
  throw wrong(
    `${label} answered ${student}'s ${request.op} with ${
      text(reply)
    }, and the very same request, sent again, with ${
      text(again)
    }; it was expected to give the same reply`,
    isGone ? NOT_THERE : "",
  );
}
