/**
 * Mutants of lesson 01's server.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "server.ts",
    replace: "Deno.listen(address)",
    with: "Deno.listen({ ...address, port: 0 })",
    breaks: [1, 16],
    says: "ignores --port",
  },
  {
    of: "server.ts",
    replace: "Deno.listen(address)",
    with: "Deno.listen({ ...address, port: address.port && address.port + 1 })",
    breaks: [1],
    says: "listens one port further",
  },
  {
    of: "server.ts",
    replace: "  say.connected(conn);\n",
    with: "",
    breaks: [2],
    says: "prints no connected line",
  },
  {
    of: "server.ts",
    replace: "say.connected(conn);",
    with:
      "console.log(`connected ${conn.localAddr.hostname}:${conn.localAddr.port}`);",
    breaks: [2],
    says: "prints its own address in the connected line",
  },
  {
    of: "server.ts",
    replace: "new Uint8Array(1024)",
    with: "new Uint8Array(1000)",
    breaks: [3],
    says: "takes 1000 bytes at most",
  },
  {
    of: "server.ts",
    replace: "const count = await conn.read(buffer);",
    with:
      "const count = await conn.read(buffer);\n  while ((await conn.read(new Uint8Array(1024))) !== null);",
    breaks: [3],
    says: "reads to the end before it answers",
    told: "reads until the other side closes before it does anything",
  },
  {
    of: "server.ts",
    replace: "${text.toUpperCase()}\\n",
    with: "${text.toUpperCase()}",
    breaks: [4],
    says: "leaves the line feed out",
  },
  {
    of: "server.ts",
    replace: "${text.toUpperCase()}\\n",
    with: "${text.toUpperCase()}\\r\\n",
    breaks: [4],
    says: "ends its line with CR and LF",
  },
  {
    of: "server.ts",
    replace: "await conn.write(new TextEncoder().encode(answer));",
    with:
      "await conn.write(new TextEncoder().encode(answer));\n  await conn.write(new TextEncoder().encode(answer));",
    breaks: [4],
    says: "answers twice",
  },
  {
    of: "server.ts",
    replace: "${count} bytes",
    with: "${text.length} bytes",
    breaks: [5],
    says: "counts characters",
    told: "counts characters where bytes were asked for",
  },
  {
    of: "server.ts",
    replace: "${count} bytes",
    with: "${new TextEncoder().encode(text.toUpperCase()).length} bytes",
    breaks: [5],
    says: "counts the bytes of the capitals",
  },
  {
    of: "server.ts",
    replace: "${count} bytes",
    with: "${buffer.length} bytes",
    breaks: [5],
    says: "tells the size of its buffer",
  },
  {
    of: "server.ts",
    replace: "= conn.remoteAddr;",
    with: "= conn.localAddr;",
    breaks: [6],
    says: "names its own address",
  },
  {
    of: "server.ts",
    replace: "${hostname}:${port}: ",
    with: "localhost:${port}: ",
    breaks: [6],
    says: "names a host by another name",
  },
  {
    of: "server.ts",
    replace: "text.toUpperCase()",
    with: "text.trim().toUpperCase()",
    breaks: [7],
    says: "trims the text",
  },
  {
    of: "server.ts",
    replace: "text.toUpperCase()",
    with: "text",
    breaks: [7],
    says: "leaves the text as it is",
  },
  {
    of: "server.ts",
    replace: "text.toUpperCase()",
    with: 'text.replaceAll("\\0", "").toUpperCase()',
    breaks: [7],
    says: "leaves zeros out",
  },
  {
    of: "server.ts",
    replace: "text.toUpperCase()",
    with: "text.replace(/[a-z]/g, (letter) => letter.toUpperCase())",
    breaks: [7],
    says: "knows the capitals of 26 letters only",
  },
  {
    of: "server.ts",
    replace: "buffer.subarray(0, count)",
    with: "buffer",
    breaks: [7],
    says: "decodes its whole buffer",
    told: "decodes its whole buffer",
  },
  {
    of: "server.ts",
    replace: "await conn.write(new TextEncoder().encode(answer));",
    with:
      "await conn.write(new TextEncoder().encode(answer));\n  await conn.read(buffer);",
    breaks: [8],
    says: "waits for the client to close first",
  },
  {
    of: "server.ts",
    replace: "await conn.write(new TextEncoder().encode(answer));",
    with:
      "await conn.write(new TextEncoder().encode(answer));\n  conn.close();\n  await listener.accept();",
    breaks: [8],
    says: "waits for another client",
  },
  {
    of: "server.ts",
    replace: "await conn.write(new TextEncoder().encode(answer));",
    with:
      "await conn.write(new TextEncoder().encode(answer));\n  Deno.exit(3);",
    breaks: [8],
    says: "ends with exit code 3",
  },
  {
    of: "server.ts",
    replace: 'console.log("client left without a word");',
    with: "",
    breaks: [9],
    says: "says nothing of a client that left without a word",
  },
  {
    of: "server.ts",
    replace: 'console.log("client left without a word");\n    return;',
    with:
      'console.log("client left without a word");\n    await conn.write(new TextEncoder().encode("bye"));\n    return;',
    breaks: [9],
    says: "answers a client that left without a word",
  },
  {
    of: "server.ts",
    replace: 'console.log("client left without a word");',
    with: 'throw new Error("client left without a word");',
    breaks: [9],
    says: "takes a client that left for an error",
  },
  {
    of: "server.ts",
    replace: "if (count === null) {",
    with: "if (count === 0) {",
    breaks: [9],
    says: "waits for a count of zero",
    told: "takes the null of a closed connection for a number",
  },
  {
    of: "server.ts",
    replace: "const count = await conn.read(buffer);",
    with: "const count = await conn.read(buffer).catch(() => null);",
    breaks: [15],
    says: "takes a reset for a goodbye",
  },
  {
    of: "server.ts",
    replace: "const count = await conn.read(buffer);",
    with:
      "const count = await conn.read(buffer).catch((e) => { console.error(`error: ${e.message}`); Deno.exit(1); });",
    breaks: [15],
    says: "leaves the client's address out of a reset's line",
  },
  {
    of: "server.ts",
    replace: "await runServer({",
    with: "if (isNaN(Number(Deno.args[1]))) Deno.exit(1);\nawait runServer({",
    breaks: [17],
    says: "gives up without a word at a port that is no number",
  },
  {
    of: "server.ts",
    replace: "await runServer({",
    with:
      "if (Number(Deno.args[1]) > 65535) Deno.args[1] = '0';\nawait runServer({",
    breaks: [17],
    says: "takes a port of 65536 for any",
  },
];
