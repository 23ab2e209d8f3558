/**
 * Messages: JSON objects in frames, and how a conversation ends.
 *
 * @module
 */
import {
  encodeFrame,
  type FrameReader,
} from "@lessons/06_struct_framing/frame.ts";
import { TransferError } from "./transfer_error.ts";

/** A JSON object as it came: its fields are whatever the other side put there. */
export type Message = { readonly [field: string]: unknown };

/** How much is read and forgotten of what still comes when all is said, in bytes. */
const MOST_DRAINED = 64 * 1024 * 1024;

/** An object as a frame of JSON. */
export function encodeMessage(message: Message): Uint8Array {
  return encodeFrame(new TextEncoder().encode(JSON.stringify(message)));
}

/**
 * The next message, or `null` where the stream ended before it.
 *
 * @throws {TransferError} Where the frame holds no JSON object.
 * @throws {FrameLengthError} As {@linkcode FrameReader.readFrame}.
 * @throws {UnexpectedEndError} As {@linkcode FrameReader.readFrame}.
 */
export async function readMessage(
  reader: FrameReader,
): Promise<Message | null> {
  const frame = await reader.readFrame();
  if (frame === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(frame));
  } catch {
    throw new TransferError("the header is not JSON");
  }
  if (!isMessage(value)) throw new TransferError("the header is no object");
  return value;
}

/**
 * Ends a conversation in which all is said: half-closes, and reads what still
 * comes until the other side closes, 64 MiB at most.
 *
 * To close a connection with unread bytes resets it, and a reset may reach the
 * other side before it has read our last message.
 */
export async function endWell(
  conn: Pick<Deno.TcpConn, "closeWrite" | "read">,
): Promise<void> {
  try {
    await conn.closeWrite();
  } catch (error) {
    if (error instanceof Deno.errors.NotConnected) return; // the other side has reset the connection
    throw error;
  }
  const buffer = new Uint8Array(64 * 1024);
  for (let drained = 0; drained < MOST_DRAINED;) {
    const count = await conn.read(buffer);
    if (count === null) return;
    drained += count;
  }
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
