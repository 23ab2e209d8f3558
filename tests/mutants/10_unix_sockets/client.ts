/**
 * Mutants of lesson 10's client.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "client.ts",
    replace: 'words.join(" ")',
    with: 'words.map((word) => word.trim()).join(" ")',
    breaks: [22],
    says: "trims the words",
  },
  {
    of: "client.ts",
    replace: 'words.join(" ")',
    with: 'words.join(",")',
    breaks: [22],
    says: "joins the words with commas",
  },
  {
    of: "client.ts",
    replace: 'console.log(answer.slice("ok ".length));',
    with: "console.log(answer);",
    breaks: [22],
    says: "prints ok, too",
  },
  {
    of: "client.ts",
    replace: 'console.log(answer.slice("ok ".length));',
    with: 'console.log(answer.slice("ok ".length).trim());',
    breaks: [22],
    says: "trims the answer",
  },
  {
    of: "client.ts",
    replace: 'console.log(answer.slice("ok ".length));',
    with: 'console.log(answer.split(" ")[1]);',
    breaks: [22],
    says: "prints the first word",
  },
  {
    of: "client.ts",
    replace: 'else if (answer !== "ok") throw',
    with: 'else if (answer === "ok") console.log();\n    else throw',
    breaks: [22],
    says: "prints an empty line for ok",
  },
  {
    of: "client.ts",
    replace: "const { value: answer, done } = await readLines(conn).next();",
    with:
      'const text = await new Response(conn.readable).text();\n    const [answer = "", done] = [text.split("\\n")[0], !text.includes("\\n")];',
    breaks: [22],
    says: "reads to the end",
    told: "until the other side closes",
  },
  {
    of: "client.ts",
    replace: 'throw new Error(answer.replace(/^error: /, ""));',
    with: "throw new Error(answer);",
    breaks: [23],
    says: "says error twice",
  },
  {
    of: "client.ts",
    replace: 'throw new Error(answer.replace(/^error: /, ""));',
    with: "console.log(answer);",
    breaks: [23],
    says: "prints an error as an answer",
  },
  {
    of: "client.ts",
    replace: 'throw new Error(answer.replace(/^error: /, ""));',
    with: "console.error(answer);",
    breaks: [23],
    says: "ends well with an error",
  },
  {
    of: "client.ts",
    replace: "const NOT_RUNNING = 3;",
    with: "const NOT_RUNNING = 1;",
    breaks: [24],
    says: "ends with another code where nobody is",
  },
  {
    of: "client.ts",
    replace: 'console.error("not running");',
    with: 'console.log("not running");',
    breaks: [24],
    says: "says it on stdout",
  },
  {
    of: "client.ts",
    replace:
      "const isNobody = error instanceof ConnectionRefused ||\n      error instanceof NotFound;",
    with:
      "const isNobody = error instanceof NotFound;\n    void ConnectionRefused;",
    breaks: [24],
    says: "knows no path that is left",
    told: "a path that is there",
  },
  {
    of: "client.ts",
    replace:
      "const isNobody = error instanceof ConnectionRefused ||\n      error instanceof NotFound;",
    with:
      "const isNobody = error instanceof ConnectionRefused;\n    void NotFound;",
    breaks: [24],
    says: "knows no path that is missing",
  },
  {
    of: "client.ts",
    replace:
      'if (words.length === 0) throw new UsageError("it takes a request");',
    with:
      'if (words.length === 0) throw new Error("it takes a request");\n    void UsageError;',
    breaks: [25],
    says: "ends with exit code 1 without a request",
  },
  {
    of: "client.ts",
    replace:
      'if (words.length === 0) throw new UsageError("it takes a request");',
    with:
      'if (words.length === 0) return console.log("it takes a request");\n    void UsageError;',
    breaks: [25],
    says: "ends well without a request",
  },
  {
    of: "client.ts",
    replace:
      "if (done) throw new Error(`${address.path} closed without an answer`);",
    with: "if (done) return;",
    breaks: [26],
    says: "takes no answer for a good one",
  },
  {
    of: "client.ts",
    replace: "const { value: answer, done } = await readLines(conn).next();",
    with: `const text: string[] = [];
    const buffer = new Uint8Array(1024);
    const decoder = new TextDecoder();
    for (let count; !text.join("").includes("\\n") && (count = await conn.read(buffer)) !== null;) {
      text.push(decoder.decode(buffer.subarray(0, count), { stream: true }));
    }
    const [answer = "", done] = [text.join("").split("\\n")[0], text.length === 0];`,
    breaks: [26],
    says: "takes half an answer",
  },
];
