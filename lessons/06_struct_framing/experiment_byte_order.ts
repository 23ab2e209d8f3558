/**
 * Lesson 06, experiment: the same number in two byte orders, and what comes of mixing them up.
 *
 *   deno run lessons/06_struct_framing/experiment_byte_order.ts
 */
import { calcsize, pack, unpack } from "./struct.ts";

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

for (const number of [5, 300, -1]) {
  for (const format of ["<i", "!i"]) {
    console.log(`${number} as ${format}: ${hex(pack(format, number))}`);
  }
}
console.log(`5 as !i, read as <i: ${unpack("<i", pack("!i", 5))}`);

for (const format of ["<i", "<q", "<bi", "@bi"]) {
  console.log(`${format} has ${calcsize(format)} bytes`);
}
