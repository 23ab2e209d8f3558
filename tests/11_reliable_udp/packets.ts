/**
 * Packets of TFTP, made and shown.
 *
 * @module
 */
import { decode, type Packet } from "@lessons/11_reliable_udp/packet.ts";

/** An acknowledgement. */
export function ack(block: number): Packet {
  return { kind: "ack", block };
}

/** A block of a file. @param of The file's bytes, or how many there should be, all alike. */
export function data(block: number, of: Uint8Array | number): Packet {
  const bytes = typeof of === "number" ? new Uint8Array(of).fill(block) : of;
  return { kind: "data", block, bytes };
}

/** A file in blocks: each of them whole but for the last, which may be empty. */
export function blocksOf(file: Uint8Array, size = 512): Packet[] {
  const count = Math.floor(file.length / size) + 1;
  return Array.from(
    { length: count },
    (_, i) => data(i + 1, file.subarray(i * size, (i + 1) * size)),
  );
}

/** A request. */
export function request(
  kind: "read" | "write",
  name: string,
  options: Readonly<Record<string, number | string>> = {},
  mode = "octet",
): Packet {
  const texts = Object.entries(options).map(([name, value]) =>
    [name, String(value)] as const
  );
  return { kind, name, mode, options: new Map(texts) };
}

/** An error. */
export function error(code: number, message = "no"): Packet {
  return { kind: "error", code, message };
}

/** Options that are taken. */
export function options(
  values: Readonly<Record<string, number | string>>,
): Packet {
  const texts = Object.entries(values).map(([name, value]) =>
    [name, String(value)] as const
  );
  return { kind: "options", options: new Map(texts) };
}

/** A packet in a few words: `data 7 (512 bytes)`. */
export function show(packet: Packet | Uint8Array): string {
  if (packet instanceof Uint8Array) {
    const decoded = decode(packet);
    return decoded
      ? show(decoded)
      : `${packet.length} bytes that are no packet`;
  }
  const list = (options: ReadonlyMap<string, string>) =>
    [...options].map(([name, value]) => ` ${name}=${value}`).join("");
  switch (packet.kind) {
    case "read":
    case "write":
      return `${packet.kind} ${packet.name} ${packet.mode}${
        list(packet.options)
      }`;
    case "data":
      return `data ${packet.block} (${packet.bytes.length} bytes)`;
    case "ack":
      return `ack ${packet.block}`;
    case "error":
      return `error ${packet.code}`;
    case "options":
      return `options${list(packet.options)}`;
  }
}
