/**
 * Mutants of lesson 10's client.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** How the solution gets its answer. */
const READS =
  "const { value: answer, done } = await readLines(conn, LONGEST).next();";

/** How it gives an error on. */
const GIVES = "console.error(answer);\n    Deno.exit(1);";

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
    replace: "console.log(answer.slice(3));",
    with: "console.log(answer);",
    breaks: [22],
    says: "prints ok, too",
  },
  {
    of: "client.ts",
    replace: "console.log(answer.slice(3));",
    with: "console.log(answer.slice(3).trim());",
    breaks: [22],
    says: "trims the answer",
  },
  {
    of: "client.ts",
    replace: "console.log(answer.slice(3));",
    with: 'console.log(answer.split(" ")[1]);',
    breaks: [22],
    says: "prints the first word",
  },
  {
    of: "client.ts",
    replace: 'if (answer === "ok") return;',
    with: 'if (answer === "ok") return console.log();',
    breaks: [22],
    says: "prints an empty line for ok",
  },
  {
    of: "client.ts",
    replace: READS,
    with:
      'const text = await new Response(conn.readable).text();\n    const [answer = "", done] = [text.split("\\n")[0], !text.includes("\\n")];',
    breaks: [22],
    says: "reads to the end",
    told: "until the other side closes",
  },
  {
    of: "client.ts",
    replace: GIVES,
    with: "throw new Error(answer);",
    breaks: [23],
    says: "says error twice",
  },
  {
    of: "client.ts",
    replace: GIVES,
    with: "console.log(answer);",
    breaks: [23],
    says: "prints an error as an answer",
  },
  {
    of: "client.ts",
    replace: GIVES,
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
    replace: READS,
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
  {
    of: "client.ts",
    replace: "readLines(conn, LONGEST)",
    with: "readLines(conn)",
    breaks: [22],
    says: "takes short answers only",
  },
  {
    of: "client.ts",
    replace: 'words.join(" ")',
    with:
      'words.map((word) => /^\\d+$/.test(word) ? String(Number(word)) : word).join(" ")',
    breaks: [22],
    says: "spells numbers anew",
  },
  {
    of: "client.ts",
    replace: 'words.join(" ")',
    with: 'words.filter((word) => word !== "").join(" ")',
    breaks: [22],
    says: "loses empty words",
  },
  {
    of: "client.ts",
    replace: 'if (answer.startsWith("ok "))',
    with: "if (/^ok (?!error)/.test(answer))",
    breaks: [22],
    says: "takes a value for an error",
  },
  {
    of: "client.ts",
    replace: 'if (!answer.startsWith("error:"))',
    with: 'if (!answer.startsWith("error: "))',
    breaks: [23],
    says: "knows errors with a blank only",
  },
  {
    of: "client.ts",
    replace: "console.error(answer);",
    with: "console.error(answer.trim());",
    breaks: [23],
    says: "trims an error",
  },
  {
    of: "client.ts",
    replace: "if (!isNobody) throw error;",
    with: "void isNobody;",
    breaks: [24],
    says: "takes any failure for nobody",
  },
  {
    of: "client.ts",
    replace: "if (!isNobody) throw error;",
    with:
      "const isFile = error instanceof ConnectionRefused &&\n      Deno.lstatSync(path).isFile;\n    if (!isNobody || isFile) throw error;",
    breaks: [24],
    says: "takes a file for an error",
  },
  {
    of: "client.ts",
    replace: 'console.error("not running");',
    with:
      'if (error instanceof ConnectionRefused) Deno.removeSync(path);\n    console.error("not running");',
    breaks: [24],
    says: "removes what is left",
  },
  {
    of: "client.ts",
    replace:
      'if (words.length === 0) throw new UsageError("it takes a request");\n    using conn = await connect(address.path);',
    with:
      'using conn = await connect(address.path);\n    if (words.length === 0) throw new UsageError("it takes a request");',
    breaks: [25],
    says: "connects first",
  },
  {
    of: "client.ts",
    replace: READS,
    with: `let text = "";
    const buffer = new Uint8Array(1024);
    for (let count; !text.includes("\\n") && (count = await conn.read(buffer)) !== null;) {
      text += new TextDecoder().decode(buffer.subarray(0, count));
    }
    const [answer = "", rest] = text.split("\\n");
    const done = rest === undefined && answer !== "ok";`,
    breaks: [26],
    says: "takes ok without an LF",
  },
  {
    of: "client.ts",
    replace: "readLines(conn, LONGEST).next();",
    with:
      'readLines(conn, LONGEST).next().catch(() => {\n      throw new TypeError("x");\n    });',
    breaks: [26],
    says: "shows a stack trace where the server breaks off",
  },
];
