/**
 * Mutants of lesson 08's client.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "client.ts",
    replace: "`${line}\\n`",
    with: "`${line}\\r\\n`",
    breaks: [1],
    says: "ends its lines with CR and LF",
  },
  {
    of: "client.ts",
    replace: "`${line}\\n`",
    with: "line",
    breaks: [1],
    says: "sends no LF",
  },
  {
    of: "client.ts",
    replace: "readLines(conn, LONGEST)",
    with: `(async function* () {
    const buffer = new Uint8Array(64 * 1024);
    for (let count; (count = await conn.read(buffer)) !== null;) {
      yield new TextDecoder().decode(buffer.subarray(0, count)).trimEnd();
    }
  })()`,
    breaks: [3],
    says: "takes one read for one line",
  },
  {
    of: "client.ts",
    replace: "readLines(conn, LONGEST)",
    with: `(async function* () {
    const buffer = new Uint8Array(64 * 1024);
    const decoder = new TextDecoder();
    let rest = "";
    for (let count; (count = await conn.read(buffer)) !== null;) {
      rest += decoder.decode(buffer.subarray(0, count), { stream: true });
      const parts = rest.split("\\n");
      rest = parts.pop() ?? "";
      yield* parts;
    }
  })()`,
    breaks: [2],
    says: "keeps the CR",
  },
  {
    of: "client.ts",
    replace: "      console.log(line);",
    with: '      console.log(line.replaceAll("\\r", "\\\\r").trim() || "-");',
    breaks: [21],
    says: "prints something for an empty line",
  },
  {
    of: "client.ts",
    replace: "  await sendLine(conn, name);\n",
    with: "",
    breaks: [20],
    says: "does not send its name",
  },
  {
    of: "client.ts",
    replace: "sendLine(conn, name)",
    with: "sendLine(conn, name.toUpperCase())",
    breaks: [20],
    says: "sends its name in capitals",
  },
  {
    of: "client.ts",
    replace: 'for await (const line of typedLines("")) await',
    with: 'for await (const line of typedLines("")) if (line !== "") await',
    breaks: [20],
    says: "does not send empty lines",
  },
  {
    of: "client.ts",
    replace:
      'for await (const line of typedLines("")) await sendLine(conn, line);',
    with:
      'for await (const line of typedLines("")) await sendLine(conn, line.trim());',
    breaks: [20],
    says: "trims what is typed",
  },
  {
    of: "client.ts",
    replace: " || others.length > 0",
    with: "",
    breaks: [20],
    says: "takes two names",
  },
  {
    of: "client.ts",
    replace: "const LONGEST = 64 * 1024;",
    with: "const LONGEST = 4096;",
    breaks: [21],
    says: "has no room for a name before the longest line",
  },
  {
    of: "client.ts",
    replace: "console.log(line);",
    with: 'if (!line.startsWith("* ")) console.log(line);',
    breaks: [21],
    says: "prints only what is said",
  },
  {
    of: "client.ts",
    replace: 'line.startsWith("error: ")',
    with: 'line.includes("error: ")',
    breaks: [21],
    says: "takes what somebody says for an error",
  },
  {
    of: "client.ts",
    replace: "  haveLeft = true;\n",
    with: "",
    breaks: [22],
    says: "takes its own leaving for the end of the room",
  },
  {
    of: "client.ts",
    replace: "  await conn.closeWrite();\n",
    with: "",
    breaks: [22],
    says: "does not leave at the end of its input",
  },
  {
    of: "client.ts",
    replace: "  haveLeft = true;\n",
    with: '  haveLeft = true;\n  console.error("bye");\n',
    breaks: [22],
    says: "says goodbye on stderr",
  },
  {
    of: "client.ts",
    replace: '  if (!haveLeft) console.error("the room has closed");\n',
    with: "",
    breaks: [23],
    says: "does not say that the room has closed",
  },
  {
    of: "client.ts",
    replace: 'if (!haveLeft) console.error("the room has closed");',
    with: 'if (!haveLeft) throw new Error("the room has closed");',
    breaks: [23],
    says: "takes the end of the room for an error",
  },
  {
    of: "client.ts",
    replace:
      "    if (!(error instanceof Deno.errors.ConnectionReset)) throw error;",
    with: "    throw error;",
    breaks: [23],
    says: "takes a reset for an error",
  },
  {
    of: "client.ts",
    replace: "  await print(conn);\n",
    with: "  await print(conn);\n  await saying.catch(() => {});\n",
    breaks: [23],
    says: "waits for its input when the server has closed",
    told: "waits for the end of its input",
  },
  {
    of: "client.ts",
    replace: 'throw new Error(line.slice("error: ".length));',
    with: `console.error(line);
        haveLeft = true;
        return;`,
    breaks: [24],
    says: "ends with exit code 0 after an error",
  },
  {
    of: "client.ts",
    replace: 'throw new Error(line.slice("error: ".length));',
    with: `console.log(line);
        Deno.exit(1);`,
    breaks: [24],
    says: "prints an error on stdout",
  },
  {
    of: "client.ts",
    replace: 'line.startsWith("error: ")',
    with: 'line.startsWith("error: room")',
    breaks: [24],
    says: "does not know an error",
  },
  {
    of: "client.ts",
    replace: 'line.startsWith("error: ")',
    with: "/^error: /i.test(line)",
    breaks: [21, 24],
    says: "takes Error for error",
  },
  {
    of: "client.ts",
    replace:
      '  try {\n    for await (const line of readLines(conn, LONGEST)) {\n      if (line.startsWith("error: ")) {',
    with:
      '  let count = 0;\n  try {\n    for await (const line of readLines(conn, LONGEST)) {\n      if (++count < 4 && line.startsWith("error: ")) {',
    breaks: [24],
    says: "minds errors at the beginning only",
  },
  {
    of: "client.ts",
    replace: "      console.log(line);",
    with: '      console.log(line.replaceAll("\\r", ""));',
    breaks: [21],
    says: "removes each CR",
  },
];
