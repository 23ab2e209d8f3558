/**
 * Mutants of lesson 03's client.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "client.ts",
    replace:
      "console.log(await receive(conn)); // the server speaks first: its greeting",
    with: "await receive(conn);",
    breaks: [7],
    says: "keeps the greeting to itself",
  },
  {
    of: "client.ts",
    replace:
      "console.log(await receive(conn)); // the server speaks first: its greeting",
    with: "receive(conn).then(console.log, () => {});",
    breaks: [7],
    says: "sends before the greeting",
    told: "before",
  },
  {
    of: "client.ts",
    replace: 'if (line === "") continue;',
    with: 'if (line.trim() === "") continue;',
    breaks: [8],
    says: "takes blanks for an empty line",
  },
  {
    of: "client.ts",
    replace: 'if (line === "") continue;',
    with: 'if (line === "") break;',
    breaks: [8],
    says: "ends at an empty line",
  },
  {
    of: "client.ts",
    replace: "encode(line)",
    with: "encode(line.trim())",
    breaks: [8],
    says: "trims its lines",
  },
  {
    of: "client.ts",
    replace: "encode(line)",
    with: "encode(`${line}\\n`)",
    breaks: [8],
    says: "sends the line feed",
  },
  {
    of: "client.ts",
    replace: "encode(line));\n      console.log(await receive(conn));",
    with: "encode(line));\n      receive(conn).then(console.log);",
    breaks: [8, 9],
    says: "does not wait for the answer",
  },
  {
    of: "client.ts",
    replace: 'if (line === "q") break;',
    with:
      'if (line === "q") {\n        await conn.write(new TextEncoder().encode("q"));\n        break;\n      }',
    breaks: [9],
    says: "sends the q",
  },
  {
    of: "client.ts",
    replace: 'if (line === "q") break;',
    with: 'if (line.startsWith("q")) break;',
    breaks: [8],
    says: "takes a word with q for the end",
  },
  {
    of: "client.ts",
    replace: 'if (line === "q") break;',
    with: 'if (line === "q") Deno.exit(1);',
    breaks: [9],
    says: "ends with exit code 1 at a q",
  },
  {
    of: "client.ts",
    replace: 'if (line === "q") break;',
    with:
      'if (line === "q") {\n        console.log("bye");\n        break;\n      }',
    breaks: [10],
    says: "prints a goodbye",
  },
  {
    of: "client.ts",
    replace: "using conn = await connect(address, seconds * 1000);",
    with:
      'using conn = await connect(address, seconds * 1000);\n    console.log("connected");',
    breaks: [10],
    says: "prints that it is connected",
  },
  {
    of: "client.ts",
    replace:
      "throw new Error(`${formatAddress(conn.remoteAddr)} closed the connection`);",
    with: 'throw new Error("closed");',
    breaks: [11],
    says: "does not name the server that closed",
  },
  {
    of: "client.ts",
    replace:
      "throw new Error(`${formatAddress(conn.remoteAddr)} closed the connection`);",
    with: "Deno.exit(0);",
    breaks: [11],
    says: "ends well when the server closes",
  },
  {
    of: "client.ts",
    replace:
      "throw new Error(`${formatAddress(conn.remoteAddr)} closed the connection`);",
    with: 'return "";',
    breaks: [11],
    says: "takes the end for an empty answer",
    told: "takes the end of the stream for a greeting",
  },
  {
    of: "client.ts",
    replace: "const deadline = performance.now() + patience;",
    with: "const deadline = performance.now() + patience / 2;",
    breaks: [20],
    says: "gives up at half of its time",
  },
  {
    of: "client.ts",
    replace: "const deadline = performance.now() + patience;",
    with: "const deadline = performance.now() + patience + 1e6;",
    breaks: [20, 22],
    says: "tries for ever",
    told: "never stops trying",
  },
  {
    of: "client.ts",
    replace: "fractions: true,",
    with: "",
    breaks: [20],
    says: "takes whole seconds only",
  },
  {
    of: "client.ts",
    replace: "if (pause === FIRST_PAUSE_MS) {",
    with: "if (pause >= FIRST_PAUSE_MS) {",
    breaks: [21],
    says: "says at each try that it waits",
  },
  {
    of: "client.ts",
    replace: "console.error(`waiting for ${formatAddress(address)}`);",
    with: "console.log(`waiting for ${formatAddress(address)}`);",
    breaks: [21, 10],
    says: "says on stdout that it waits",
  },
  {
    of: "client.ts",
    replace: "console.error(`waiting for ${formatAddress(address)}`);",
    with: 'console.error("waiting for 127.0.0.1:8003");',
    breaks: [21],
    says: "names another address than it tries",
  },
  {
    of: "client.ts",
    replace: "if (!isRefused || left <= 0) throw error;",
    with: "if (!isRefused || left <= 0) Deno.exit(1);",
    breaks: [22],
    says: "gives up without a word",
  },
  {
    of: "client.ts",
    replace: 'flag("wait") ?? "0"',
    with: 'flag("wait") ?? "0.5"',
    breaks: [22],
    says: "waits unasked",
  },
  {
    of: "client.ts",
    replace: 'numberOf("wait", flag("wait") ?? "0", {',
    with:
      '((_1: string, text: string, _2: unknown) => Number(text) || 0)("wait", flag("wait") ?? "0", {',
    breaks: [23],
    says: "takes what is no number for 0",
  },
  {
    of: "client.ts",
    replace: 'numberOf("wait", flag("wait") ?? "0", {',
    with:
      '((_1: string, text: string, _2: unknown) => parseFloat(text))("wait", flag("wait") ?? "0", {',
    breaks: [23],
    says: "takes 3x for 3",
  },
];
