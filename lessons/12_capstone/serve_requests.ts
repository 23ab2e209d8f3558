/**
 * One client of the service: its frames are requests, and each gets a reply.
 *
 * @module
 */
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";
import { within } from "@lessons/09_timeouts_and_buffers/deadline.ts";
import type { Service, Visitor } from "./service.ts";

/** The longest request, in bytes. */
const LONGEST = 64 * 1024;

/** How long a client may take for one frame of ours, in milliseconds. */
const STALL_MS = 5_000;

/** Answers a client's requests, one after another, until it leaves. */
export async function serveRequests(
  conn: Deno.Conn,
  service: Service,
): Promise<void> {
  // Events come between replies: each write begins when the one before it is done.
  let last: Promise<void> = Promise.resolve();
  const send = (message: unknown) => {
    const payload = new TextEncoder().encode(JSON.stringify(message));
    last = last.then(() =>
      within(STALL_MS, "reader", conn, writeFrame(conn, payload))
    );
    return last;
  };
  const visitor: Visitor = {
    tell(event) {
      send(event).catch(() => {}); // who is gone or stuck is noticed by the reading
    },
  };
  try {
    const frames = new FrameReader(conn, { maxLength: LONGEST });
    while (true) {
      const payload = await frames.readFrame();
      if (payload === null) return;
      await send(await service.answer(parse(payload), visitor));
    }
  } finally {
    service.leave(visitor);
  }
}

/** The value of some JSON; `undefined` where it is none. */
function parse(payload: Uint8Array): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(payload);
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
