/**
 * Mutants of lesson 01's client.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "client.ts",
    replace: 'words.join(" ")',
    with: 'words[0] ?? ""',
    breaks: [10],
    says: "sends its first word only",
  },
  {
    of: "client.ts",
    replace: 'words.join(" ")',
    with: "words.join()",
    breaks: [10],
    says: "puts commas between its words",
  },
  {
    of: "client.ts",
    replace: 'words.join(" ")',
    with: 'words.map((word) => word.trim()).join(" ")',
    breaks: [10],
    says: "trims its words",
  },
  {
    of: "client.ts",
    replace: 'words.join(" ")',
    with:
      'words.map((word) => isNaN(Number(word)) ? word : Number(word)).join(" ")',
    breaks: [10],
    says: "takes words for numbers",
  },
  {
    of: "client.ts",
    replace: "encode(message)",
    with: "encode(`${message}\\n`)",
    breaks: [10],
    says: "sends a line feed too",
  },
  {
    of: "client.ts",
    replace: "await conn.write(new TextEncoder().encode(message));",
    with:
      "await conn.write(new TextEncoder().encode(message));\n  await conn.write(new TextEncoder().encode(message));",
    breaks: [10],
    says: "sends its message twice",
  },
  {
    of: "client.ts",
    replace: 'throw new UsageError("there is no message to send")',
    with: "return",
    breaks: [11],
    says: "ends well where there is nothing to send",
  },
  {
    of: "client.ts",
    replace: "throw new UsageError(",
    with: "throw new Error(",
    breaks: [11],
    says: "takes a wrong call for a fault of the world",
  },
  {
    of: "client.ts",
    replace: 'if (message === "")',
    with: "if (words.length === 0)",
    breaks: [11],
    says: "takes an empty word for a message",
  },
  {
    of: "client.ts",
    replace: "if (count === null) break;",
    with: "if (count === null || total > 0) break;",
    breaks: [12],
    says: "reads twice at most",
    told: "stops reading before the other side has closed",
  },
  {
    of: "client.ts",
    replace: "total += count;",
    with:
      "total += count;\n    if (count < buffer.length) {\n      await Deno.stdout.write(buffer.subarray(0, count));\n      break;\n    }",
    breaks: [12],
    says: "takes a read that does not fill its buffer for the last",
    told: "stops reading before the other side has closed",
  },
  {
    of: "client.ts",
    replace: "buffer.subarray(0, count));",
    with:
      "buffer.subarray(0, count));\n    if (buffer.subarray(0, count).includes(10)) break;",
    breaks: [12],
    says: "stops at a line feed",
    told: "stops reading before the other side has closed",
  },
  {
    of: "client.ts",
    replace: "await Deno.stdout.write(buffer.subarray(0, count));",
    with: "console.log(new TextDecoder().decode(buffer.subarray(0, count)));",
    breaks: [13],
    says: "prints each part as a line",
  },
  {
    of: "client.ts",
    replace: "await Deno.stdout.write(buffer.subarray(0, count));",
    with:
      "await Deno.stdout.write(new TextEncoder().encode(new TextDecoder().decode(buffer.subarray(0, count))));",
    breaks: [13],
    says: "decodes each part by itself",
    told: "decodes each part by itself",
  },
  {
    of: "client.ts",
    replace: "await Deno.stdout.write(buffer.subarray(0, count));",
    with:
      "await Deno.stdout.write(new TextEncoder().encode(new TextDecoder().decode(buffer.subarray(0, count), {}).trim()));",
    breaks: [13],
    says: "trims the answer",
  },
  {
    of: "client.ts",
    replace: "  using conn = await Deno.connect(address);",
    with:
      '  using conn = await Deno.connect(address);\n  console.log("connected");',
    breaks: [13],
    says: "prints something else first",
  },
  {
    of: "client.ts",
    replace:
      'if (total === 0) throw new Error("the server closed without answering");',
    with: "",
    breaks: [14],
    says: "ends well where no answer came",
  },
  {
    of: "client.ts",
    replace: 'throw new Error("the server closed without answering");',
    with: 'console.error("error: the server closed without answering");',
    breaks: [14],
    says: "ends with exit code 0 where no answer came",
  },
  {
    of: "client.ts",
    replace: 'throw new Error("the server closed without answering");',
    with: 'throw new Error("the server closed without answering you");',
    breaks: [14],
    says: "adds a word to the error",
  },
  {
    of: "client.ts",
    replace: "const count = await conn.read(buffer);",
    with: "const count = await conn.read(buffer).catch(() => null);",
    breaks: [15],
    says: "takes a reset for the end",
  },
  {
    of: "client.ts",
    replace: "await Deno.connect(address)",
    with:
      'await Deno.connect(address).catch(() => { console.error("error: no server"); Deno.exit(1); })',
    breaks: [16],
    says: "does not name the address where nothing listens",
  },
  {
    of: "client.ts",
    replace: "await runClient(options,",
    with: 'if (Deno.args[1] === "0") Deno.exit(1);\n\nawait runClient(options,',
    breaks: [17],
    says: "takes port 0 for a fault of the world",
  },
];
