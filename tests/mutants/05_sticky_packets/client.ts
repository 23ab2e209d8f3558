/**
 * Mutants of lesson 05's client.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";
import { lineMutants } from "./server.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  ...lineMutants,
  {
    of: "write_line.ts",
    replace: "while (bytes.length > 0) bytes",
    with:
      "bytes = bytes.subarray(await writer.write(bytes));\n  if (bytes.length > 0) bytes",
    breaks: [2],
    says: "writes twice at most",
    told: "takes one write for all of a long line",
  },
  {
    of: "client.ts",
    replace: "    sent.lines++;\n",
    with: '    if (line === "") continue;\n    sent.lines++;\n',
    breaks: [14],
    says: "does not send empty lines",
  },
  {
    of: "client.ts",
    replace: "writeLine(conn, line)",
    with: "writeLine(conn, line.trim())",
    breaks: [14],
    says: "trims its lines",
  },
  {
    of: "client.ts",
    replace: "    await writeLine(conn, line);\n",
    with:
      "    await writeLine(conn, line);\n    await writeLine(conn, line);\n",
    breaks: [14],
    says: "sends each line twice",
  },
  {
    of: "client.ts",
    replace: "    await writeLine(conn, line);\n",
    with: "    writeLine(conn, line);\n",
    breaks: [2],
    says: "does not wait for its writes",
  },
  {
    of: "client.ts",
    replace: `  for await (const line of typedLines()) {
    sent.lines++;
    await writeLine(conn, line);
  }`,
    with: `  for (const line of await Array.fromAsync(typedLines())) {
    sent.lines++;
    await writeLine(conn, line);
  }`,
    breaks: [14],
    says: "sends nothing before its input has ended",
  },
  {
    of: "client.ts",
    replace: `  const sending = sendTyped(conn);
  sending.catch(() => {}); // it fails when the server is gone, and then the answers end too
  const answers = await printAnswers(conn);
`,
    with: `  const lines = new LineReader(conn, { maxLength: Infinity });
  let answers = 0;
  for await (const line of typedLines()) {
    sent.lines++;
    await writeLine(conn, line);
    const answer = await lines.readLine();
    if (answer === null) break;
    answers++;
    console.log(answer);
  }
  sent.isAll = true;
  await conn.closeWrite();
  if (await lines.readLine() !== null) sent.isAll = false;
`,
    breaks: [14],
    says: "waits for each answer",
    told: "waits for each answer before it sends the next line",
  },
  {
    of: "client.ts",
    replace: "  await conn.closeWrite(); // the server sees",
    with: "  // the server sees",
    breaks: [15],
    says: "does not half-close",
  },
  {
    of: "client.ts",
    replace: "  await conn.closeWrite(); // the server sees",
    with: "  conn.close(); // the server sees",
    breaks: [15, 16],
    says: "closes where it should half-close",
  },
  {
    of: "client.ts",
    replace: "const sending = sendTyped(conn);\n",
    with: "const sending = sendTyped(conn);\n  await sending;\n",
    breaks: [16],
    says: "sends all before it reads",
    told: "sends all its lines before it reads an answer",
  },
  {
    of: "client.ts",
    replace: `  for (let count = 0;; count++) {
    const line = await lines.readLine();
    if (line === null) return count;
    console.log(line);
  }`,
    with: `  const all: string[] = [];
  for (let count = 0;; count++) {
    const line = await lines.readLine();
    if (line === null) {
      for (const line of all) console.log(line);
      return count;
    }
    all.push(line);
  }`,
    breaks: [16],
    says: "prints nothing before the end",
  },
  {
    of: "client.ts",
    replace: "console.log(line);",
    with: "console.log(`< ${line}`);",
    breaks: [16],
    says: "puts a sign before each answer",
  },
  {
    of: "client.ts",
    replace: "console.log(line);",
    with: 'if (line !== "") console.log(line);',
    breaks: [16],
    says: "prints no empty answers",
  },
  {
    of: "client.ts",
    replace: "using conn = await Deno.connect(address);",
    with:
      'using conn = await Deno.connect(address);\n  console.log("connected");',
    breaks: [16],
    says: "prints that it is connected",
  },
  {
    of: "client.ts",
    replace: "{ maxLength: Infinity }",
    with: "{}",
    breaks: [16],
    says: "has a limit for answers",
  },
  {
    of: "client.ts",
    replace: "const answers = await printAnswers(conn);\n",
    with: 'const answers = await printAnswers(conn);\n  console.log("bye");\n',
    breaks: [16],
    says: "prints a goodbye",
  },
  {
    of: "client.ts",
    replace: "console.log(line);",
    with:
      "console.log(line);\n    if (sent.isAll && count + 1 === sent.lines) return count + 1;",
    breaks: [17],
    says: "does not wait until the server has closed",
  },
  {
    of: "client.ts",
    replace: "answers < sent.lines) {",
    with: "answers <= sent.lines) {",
    breaks: [17],
    says: "misses an answer more",
  },
  {
    of: "client.ts",
    replace: "const answers = await printAnswers(conn);\n",
    with:
      "const answers = await printAnswers(conn);\n  await new Promise(() => setInterval(() => {}, 1e6));\n",
    breaks: [17, 18],
    says: "does not end",
  },
  {
    of: "client.ts",
    replace: "!sent.isAll || answers < sent.lines",
    with: "!sent.isAll",
    breaks: [18],
    says: "does not count the answers",
  },
  {
    of: "client.ts",
    replace: "!sent.isAll || answers < sent.lines",
    with: "answers < sent.lines",
    breaks: [18],
    says: "ends well while its input is open",
  },
  {
    of: "client.ts",
    replace: "const answers = await printAnswers(conn);\n",
    with:
      "const answers = await printAnswers(conn);\n  await sending.catch(() => {});\n",
    breaks: [18],
    says: "waits for the end of its input when the server has closed",
    told: "waits for the end of its input",
  },
  {
    of: "client.ts",
    replace: "`${formatAddress(address)} closed the connection`",
    with: '"the server closed the connection"',
    breaks: [18],
    says: "does not name the server",
  },
  {
    of: "client.ts",
    replace:
      "throw new Error(`${formatAddress(address)} closed the connection`);",
    with:
      "console.log(`error: ${formatAddress(address)} closed the connection`);\n    Deno.exit(1);",
    breaks: [18],
    says: "reports the error on stdout",
  },
  {
    of: "client.ts",
    replace:
      "throw new Error(`${formatAddress(address)} closed the connection`);",
    with:
      "console.error(`error: ${formatAddress(address)} closed the connection`);",
    breaks: [18],
    says: "ends with exit code 0 after its error",
  },
  {
    of: "client.ts",
    replace:
      "throw new Error(`${formatAddress(address)} closed the connection`);",
    with:
      "console.error(`${sent.lines} lines sent, ${answers} answered`);\n    throw new Error(`${formatAddress(address)} closed the connection`);",
    breaks: [18],
    says: "writes two lines on stderr",
  },
  {
    of: "client.ts",
    replace: "const answers = await printAnswers(conn);\n",
    with: "const answers = await printAnswers(conn).catch(() => sent.lines);\n",
    breaks: [18],
    says: "takes a reset for a good end",
  },
  {
    of: "client.ts",
    replace: "const line = await lines.readLine();",
    with: "const line = await lines.readLine().catch(() => null);",
    breaks: [18],
    says: "takes a reset for an end",
  },
];
