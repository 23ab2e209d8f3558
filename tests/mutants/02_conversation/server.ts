/**
 * Mutants of lesson 02's server, and of what both sides share.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** What both sides do once they are connected. */
export const chatMutants: readonly Mutant[] = [
  {
    of: "chat.ts",
    replace: "encode(line)",
    with: "encode(`${line}\\n`)",
    breaks: [2],
    says: "sends a line feed with each line",
    told: "sends the end of a line too",
  },
  {
    of: "chat.ts",
    replace: "encode(line)",
    with: "encode(line.toUpperCase())",
    breaks: [2],
    says: "sends capitals",
  },
  {
    of: "chat.ts",
    replace: "await conn.write(new TextEncoder().encode(line));",
    with:
      "await conn.write(new TextEncoder().encode(line));\n    await conn.write(new TextEncoder().encode(line));",
    breaks: [2],
    says: "sends each line twice",
  },
  {
    of: "chat.ts",
    replace: 'if (line === "") continue;',
    with: 'if (line.trim() === "") continue;',
    breaks: [3],
    says: "takes blanks for an empty line",
  },
  {
    of: "chat.ts",
    replace: "encode(line)",
    with: "encode(line.trim())",
    breaks: [3],
    says: "trims its lines",
  },
  {
    of: "chat.ts",
    replace: 'if (line === "") continue;',
    with: 'if (line === "") return;',
    breaks: [3],
    says: "ends at an empty line",
  },
  {
    of: "chat.ts",
    replace: "console.log(`peer> ${text}`)",
    with: "console.log(`peer>${text}`)",
    breaks: [5],
    says: "leaves the space out",
  },
  {
    of: "chat.ts",
    replace: "console.log(`peer> ${text}`)",
    with: "console.log(`peer> ${text.trim()}`)",
    breaks: [5],
    says: "trims what came",
  },
  {
    of: "chat.ts",
    replace: "await Promise.race([sendTyped(conn, typed), printHeard(conn)]);",
    with: "await Promise.all([sendTyped(conn, typed), printHeard(conn)]);",
    breaks: [6, 7, 9, 10],
    says: "waits for both loops",
    told: "waits until both sides have said goodbye",
  },
  {
    of: "chat.ts",
    replace: 'return text === "q" || text === "Q";',
    with: 'return text === "q";',
    breaks: [6, 7],
    says: "knows the small q only",
    told: "knows the small q only",
  },
  {
    of: "chat.ts",
    replace: 'return text === "q" || text === "Q";',
    with: 'return text === "Q";',
    breaks: [6, 7],
    says: "knows the capital Q only",
    told: "knows the capital Q only",
  },
  {
    of: "chat.ts",
    replace: "if (isGoodbye(line)) return;",
    with: 'if (line === "q") return;',
    breaks: [6],
    says: "knows only a small q that is typed",
    told: "knows the small q only",
  },
  {
    of: "chat.ts",
    replace: "if (isGoodbye(text)) return;",
    with: 'if (text === "q") return;',
    breaks: [7],
    says: "knows only a small q that comes",
    told: "knows the small q only",
  },
  {
    of: "chat.ts",
    replace: "await conn.write(new TextEncoder().encode(line));\n    if",
    with:
      "if (!isGoodbye(line)) await conn.write(new TextEncoder().encode(line));\n    if",
    breaks: [6],
    says: "keeps its goodbye to itself",
  },
  {
    of: "chat.ts",
    replace: "if (isGoodbye(text)) return;\n    console.log(`peer> ${text}`);",
    with: "console.log(`peer> ${text}`);\n    if (isGoodbye(text)) return;",
    breaks: [7],
    says: "prints the goodbye",
  },
  {
    of: "chat.ts",
    replace: 'return text === "q" || text === "Q";',
    with: 'return text.toLowerCase().startsWith("q");',
    breaks: [8],
    says: "takes a word with q for a goodbye",
  },
  {
    of: "chat.ts",
    replace: 'return text === "q" || text === "Q";',
    with: 'return text.trim().toLowerCase() === "q";',
    breaks: [8],
    says: "takes a q with blanks for a goodbye",
  },
  {
    of: "chat.ts",
    replace: 'console.error("peer left");\n      return;',
    with: "return;",
    breaks: [10],
    says: "says nothing of a peer that closes",
  },
  {
    of: "chat.ts",
    replace: 'console.error("peer left");\n      return;',
    with: 'console.log("peer left");\n      return;',
    breaks: [10, 12],
    says: "says on stdout that the peer left",
  },
  {
    of: "chat.ts",
    replace: 'console.error("peer left");\n      return;',
    with: 'throw new Error("peer left");',
    breaks: [10, 12],
    says: "takes a peer that closes for an error",
  },
  {
    of: "chat.ts",
    replace:
      'if (!isGone(error)) throw error;\n    console.error("peer left");',
    with: "throw error;",
    breaks: [11],
    says: "takes a reset for an error",
    told: "lets a reset end it",
  },
  {
    of: "chat.ts",
    replace:
      'if (!isGone(error)) throw error;\n    console.error("peer left");',
    with: "if (!isGone(error)) throw error;",
    breaks: [11],
    says: "says nothing of a reset",
  },
  {
    of: "chat.ts",
    replace: "while (true) {",
    with: 'console.log("chat begins");\n  while (true) {',
    breaks: [12],
    says: "prints a line of its own",
  },
  {
    of: "chat.ts",
    replace: "buffer.subarray(0, count)",
    with: "buffer",
    breaks: [5],
    says: "prints its whole buffer",
  },
  {
    of: "chat.ts",
    replace: "const count = await conn.read(buffer);",
    with: `let count: number | null = 0;
    for (let n; (n = await conn.read(buffer.subarray(count))) !== null;) count += n;
    if (count === 0) count = null;`,
    breaks: [5],
    says: "reads to the end before it prints",
    told: "reads until the other side closes before it does anything",
  },
];

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  ...chatMutants,
  {
    of: "server.ts",
    replace: "  say.connected(conn);\n",
    with: "",
    breaks: [1],
    says: "prints no connected line",
  },
  {
    of: "server.ts",
    replace: "say.listening(listener);",
    with: 'console.log("hello");\n  say.listening(listener);',
    breaks: [1, 12],
    says: "prints something before its ready line",
  },
  {
    of: "server.ts",
    replace: 'await chat(conn, typedLines(""));\n});',
    with: `await chat(conn, wholeLines());
});

async function* wholeLines(): AsyncGenerator<string> {
  let rest = "";
  for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}`,
    breaks: [4],
    says: "loses a last line without a line end",
  },
];
