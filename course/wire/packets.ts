/**
 * Recorded datagrams as packets, with their numbers: `[data 7]`.
 *
 * @module
 */
import type { Framing } from "@lessons/catalogue.ts";
import { decode, type Packet } from "@lessons/11_reliable_udp/packet.ts";
import type { Piece } from "./frames.ts";

/**
 * The packet that a datagram is.
 *
 * @param framing What the program's datagrams are, where that is known.
 * @param bytes The datagram, where it was kept.
 * @returns One piece; none where it is no packet.
 */
export function packetIn(
  framing: Framing | undefined,
  bytes: Uint8Array | undefined,
): { pieces?: readonly Piece[] } {
  if (framing !== "tftp" || !bytes) return {};
  const packet = decode(bytes);
  if (!packet) return {};
  const content = contentOf(packet);
  return {
    pieces: [{
      ...{ kind: "packet", size: bytes.length, name: nameOf(packet) },
      ...(content ? { bytes: content } : {}),
    }],
  };
}

function nameOf(packet: Packet): string {
  switch (packet.kind) {
    case "read":
    case "write":
      return [packet.kind, packet.name, ...told(packet.options)].join(" ");
    case "options":
      return ["options", ...told(packet.options)].join(" ");
    case "data":
    case "ack":
      return `${packet.kind} ${packet.block}`;
    case "error":
      return `error ${packet.code}`;
  }
}

function told(options: ReadonlyMap<string, string>): string[] {
  return [...options].map(([name, value]) => `${name}=${value}`);
}

/** What stands behind the name. */
function contentOf(packet: Packet): Uint8Array | undefined {
  if (packet.kind === "data") return packet.bytes;
  if (packet.kind !== "error") return undefined;
  return new TextEncoder().encode(packet.message);
}
