import { assertEquals } from "@std/assert";
import { decode, encode, type Packet } from "./packet.ts";

const options = new Map([["blksize", "1428"], ["tsize", "0"]]);

/** Packets, and their bytes as RFC 1350 and 2347 draw them. */
const PACKETS: readonly (readonly [Packet, string])[] = [
  [
    { kind: "read", name: "poem.txt", mode: "octet", options },
    "\0\x01poem.txt\0octet\0blksize\x001428\0tsize\x000\0",
  ],
  [
    { kind: "write", name: "a b", mode: "octet", options: new Map() },
    "\0\x02a b\0octet\0",
  ],
  [
    { kind: "data", block: 258, bytes: Uint8Array.of(7, 8) },
    "\0\x03\x01\x02\x07\x08",
  ],
  [{ kind: "data", block: 1, bytes: new Uint8Array() }, "\0\x03\0\x01"],
  [{ kind: "ack", block: 7 }, "\0\x04\0\x07"],
  [{ kind: "error", code: 5, message: "no" }, "\0\x05\0\x05no\0"],
  [{ kind: "options", options }, "\0\x06blksize\x001428\0tsize\x000\0"],
];

Deno.test("encode() and decode() keep to the bytes of the RFCs", () => {
  for (const [packet, text] of PACKETS) {
    const bytes = new TextEncoder().encode(text);
    assertEquals(encode(packet), bytes);
    assertEquals(decode(bytes), packet);
  }
});

Deno.test("encode() sends the last 16 bits of a number", () => {
  assertEquals(
    encode({ kind: "ack", block: 65536 }),
    encode({ kind: "ack", block: 0 }),
  );
  assertEquals(decode(encode({ kind: "ack", block: 65541 })), {
    kind: "ack",
    block: 5,
  });
});

Deno.test("decode() takes the names of modes and options in any case", () => {
  const bytes = new TextEncoder().encode("\0\x01a\0OCTET\0BlkSize\x008\0");
  const wanted = { mode: "octet", options: new Map([["blksize", "8"]]) };
  assertEquals(decode(bytes), { kind: "read", name: "a", ...wanted });
});

Deno.test("decode() knows what is no packet", () => {
  const texts = [
    "",
    "\0\x04\0",
    "\0\x07ab",
    "hello",
    "\0\x01a\0octet",
    "\0\x01a\0",
  ];
  for (const text of texts) {
    assertEquals(
      decode(new TextEncoder().encode(text)),
      undefined,
      JSON.stringify(text),
    );
  }
});

Deno.test("decode() reads an error without a message", () => {
  const error = { kind: "error", code: 3, message: "" };
  assertEquals<unknown>(decode(Uint8Array.of(0, 5, 0, 3)), error);
});
