import {
  assert,
  assertEquals,
  assertExists,
  assertLess,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { parseArgs } from "@std/cli/parse-args";
import { crypto, type DigestAlgorithmName } from "@std/crypto";

const encode = (text: string) => new TextEncoder().encode(text);

function hex(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

Deno.test("assert: types narrow and errors carry their class", () => {
  const found: string | undefined = ["a"].find((text) => text === "a");
  assertExists(found);
  assertEquals(found.length, 1); // compiles only because assertExists narrows
  const error = assertThrows(
    () => {
      throw new RangeError("too far");
    },
    RangeError,
    "far",
  );
  assertEquals(error.message, "too far");
});

Deno.test("cli: parseArgs infers flags from what is declared", () => {
  const flags = parseArgs(["--port", "8001", "--all", "007", "--", "-x"], {
    string: ["port", "_"],
    boolean: ["all", "none"],
    "--": true,
  });
  const port: string | undefined = flags.port;
  const all: boolean = flags.all;
  assertEquals([port, all, flags.none], ["8001", true, false]);
  assertEquals(flags._, ["007"]);
  assertEquals(flags["--"], ["-x"]);
});

// RFC 1321, A.5; FIPS 180 examples as NIST publishes them.
const VECTORS: [DigestAlgorithmName, string, string][] = [
  ["MD5", "", "d41d8cd98f00b204e9800998ecf8427e"],
  ["MD5", "a", "0cc175b9c0f1b6a831c399e269772661"],
  ["MD5", "abc", "900150983cd24fb0d6963f7d28e17f72"],
  ["MD5", "message digest", "f96b697d7cb7938d525a2f31aaf161d0"],
  ["MD5", "abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"],
  ["MD5", "1234567890".repeat(8), "57edf4a22be3c955ac49da2e2107b67a"],
  ["SHA-1", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"],
  [
    "SHA-256",
    "abc",
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  ],
  [
    "SHA-512",
    "abc",
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a" +
    "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
  ],
];

for (const [name, text, digest] of VECTORS) {
  Deno.test(`crypto: ${name} of "${text.slice(0, 20)}"`, async () => {
    assertEquals(hex(await crypto.subtle.digest(name, encode(text))), digest);
  });
}

Deno.test("crypto: every kind of data gives the same digest", async () => {
  const digest = "900150983cd24fb0d6963f7d28e17f72";
  const parts = ["a", "", "bc"].map(encode);
  async function* later() {
    for (const part of parts) yield await Promise.resolve(part);
  }
  const view = new Uint8Array([0, 97, 98, 99, 0]).subarray(1, 4);
  const data = [
    view,
    view.slice().buffer,
    parts,
    later(),
    ReadableStream.from(parts),
  ];
  for (const kind of data) {
    assertEquals(hex(await crypto.subtle.digest("MD5", kind)), digest);
  }
  assertEquals(hex(await crypto.subtle.digest({ name: "MD5" }, view)), digest);
});

Deno.test("crypto: names and chunks that it does not know are errors", async () => {
  await assertRejects(
    () => crypto.subtle.digest(JSON.parse('"MD6"'), encode("")),
    DOMException,
    "MD6",
  );
  await assertRejects(
    () => crypto.subtle.digest("MD5", JSON.parse("[1]")),
    TypeError,
    "chunk",
  );
});

Deno.test("crypto: memory stays flat over 256 MiB of stream", async () => {
  const program = new URL("digest_memory.ts", import.meta.url).href;
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-env", program], // node:crypto looks at its environment
    stderr: "inherit",
  }).output();
  assert(success);
  assertLess(Number(new TextDecoder().decode(stdout)), 64 * 1024 * 1024);
});
