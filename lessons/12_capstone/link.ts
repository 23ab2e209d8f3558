/**
 * A client's connection to the service: requests out, replies in.
 *
 * @module
 */
import type { Address } from "@lessons/program.ts";
import {
  FrameReader,
  UnexpectedEndError,
  writeFrame,
} from "@lessons/06_struct_framing/frame.ts";
import {
  connectWithin,
  DeadlineError,
  within,
} from "@lessons/09_timeouts_and_buffers/deadline.ts";
import { Refusal } from "./store.ts";

/** How long a connection, and a reply, may take, in milliseconds. */
const PATIENCE_MS = 5_000;

/** A request. What stands in it for `id` is the name by which its reply is known. */
export type Request = Readonly<Record<string, unknown>> & {
  readonly id: string;
};

/** The server has closed the connection before its reply was here. */
class LostError extends Error {
  override name = "LostError";
  /** For `explain()`: it is told on one line. */
  readonly isFromOutside = true;
}

/**
 * Whether an error says that nobody knows what became of a request: the
 * connection is gone or silent, or there was none.
 */
export function isLost(error: unknown): boolean {
  const { ConnectionRefused, ConnectionReset, BrokenPipe } = Deno.errors;
  return [
    ...[LostError, DeadlineError, UnexpectedEndError],
    ...[ConnectionRefused, ConnectionReset, BrokenPipe],
  ].some((kind) => error instanceof kind);
}

/** A connection. It has one request under way at a time. */
export class Link implements Disposable {
  /** The token that goes with each request, once somebody is logged in. */
  token: string | undefined;
  readonly #conn: Deno.Conn;
  readonly #frames: FrameReader;

  private constructor(conn: Deno.Conn) {
    this.#conn = conn;
    this.#frames = new FrameReader(conn);
  }

  /** Connects. */
  static async open(address: Address): Promise<Link> {
    return new Link(await connectWithin(PATIENCE_MS, address));
  }

  /**
   * Sends a request and waits for its reply. Other frames are passed over.
   *
   * @param onEvent Hears of events that come meanwhile.
   * @returns What the reply has under `ok`.
   * @throws {Refusal} Where it has an `error`.
   * @throws An error of which {@linkcode isLost} is true, where no reply comes.
   */
  async ask(
    request: Request,
    onEvent: (event: unknown) => void = () => {},
  ): Promise<unknown> {
    const { token } = this;
    const fields = token === undefined ? request : { ...request, token };
    const payload = new TextEncoder().encode(JSON.stringify(fields));
    await within(
      PATIENCE_MS,
      "reader",
      this.#conn,
      writeFrame(this.#conn, payload),
    );
    while (true) {
      const reply = await within(
        PATIENCE_MS,
        "reply",
        this.#conn,
        this.#next(),
      );
      if ("event" in reply) onEvent(reply);
      if (!("id" in reply) || reply.id !== request.id) continue;
      if ("error" in reply) throw new Refusal(String(reply.error));
      return "ok" in reply ? reply.ok : undefined;
    }
  }

  /** Hangs up. */
  [Symbol.dispose](): void {
    try {
      this.#conn.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error; // the deadline has closed it
    }
  }

  async #next(): Promise<object> {
    const payload = await this.#frames.readFrame();
    if (payload === null) {
      throw new LostError("closed the connection before its reply");
    }
    const value = parse(payload);
    return typeof value === "object" && value !== null ? value : {};
  }
}

/** The value of some JSON; `undefined` where it is none: no reply, then. */
function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return undefined;
  }
}
