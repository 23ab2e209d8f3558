/**
 * Mutants of lesson 09's client.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "link.ts",
    replace: "`${line}\\n`",
    with: "`${line}\\r\\n`",
    breaks: [1],
    says: "ends its lines with CR and LF",
  },
  {
    of: "link.ts",
    replace: "`${line}\\n`",
    with: "line",
    breaks: [1],
    says: "sends no LF",
  },
  {
    of: "link.ts",
    replace: "readLines(conn, LONGEST)",
    with:
      "(async function* () {\nconst buffer = new Uint8Array(LONGEST);\nfor (let count; (count = await conn.read(buffer)) !== null;) yield new TextDecoder().decode(buffer.subarray(0, count)).trimEnd();\n})()",
    breaks: [3],
    says: "takes one read for one line",
  },
  {
    of: "link.ts",
    replace: "readLines(conn, LONGEST)",
    with:
      '(async function* () {\nconst buffer = new Uint8Array(64 * 1024);\nlet rest = "";\nfor (let count; (count = await conn.read(buffer)) !== null;) {\nrest += new TextDecoder().decode(buffer.subarray(0, count));\nconst parts = rest.split("\\n");\nrest = parts.pop() ?? "";\nyield* parts;\n}\n})()',
    breaks: [3],
    says: "decodes each part by itself",
    told: "decodes each part by itself",
  },
  {
    of: "client.ts",
    replace: "let number = 0;",
    with: "let number = -1;",
    breaks: [20],
    says: "counts its lines from 0",
  },
  {
    of: "client.ts",
    replace: "asker.ask(number, line)",
    with: "asker.ask(number, line.trim())",
    breaks: [20],
    says: "trims its lines",
  },
  {
    of: "client.ts",
    replace: "of typedLines()",
    with: "of await Array.fromAsync(typedLines())",
    breaks: [20],
    says: "waits for the end of its input",
  },
  {
    of: "client.ts",
    replace: "console.log(await asker.ask(number, line));",
    with:
      "asker.ask(number, line).then((text) => console.log(text), () => {});",
    breaks: [21],
    says: "sends without waiting",
  },
  {
    of: "client.ts",
    replace: "console.log(await asker.ask(number, line));",
    with:
      "await Promise.race([asker.ask(number, line).then((text) => console.log(text)), new Promise((resolve) => setTimeout(resolve, 0))]);",
    breaks: [21],
    says: "waits a little, and sends the next",
  },
  {
    of: "link.ts",
    replace: "line.startsWith(`${id} `)",
    with: "line.startsWith(`${id}`)",
    breaks: [22],
    says: "looks at the first digits",
  },
  {
    of: "link.ts",
    replace:
      "if (line.startsWith(`${id} `)) return line.slice(`${id} `.length);",
    with: 'if (/^\\d+ /.test(line)) return line.slice(line.indexOf(" ") + 1);',
    breaks: [22],
    says: "takes any answer",
    told: "late answer",
  },
  {
    of: "link.ts",
    replace: 'if (line === "pong") unanswered = 0;',
    with:
      'if (line.startsWith("error: ")) throw new LostError(line);\nif (line === "pong") unanswered = 0;',
    breaks: [22],
    says: "takes a stray error for the end",
  },
  {
    of: "asker.ts",
    replace: '`line ${number}: ${answer.slice("error: ".length)}`',
    with: 'answer.slice("error: ".length)',
    breaks: [23],
    says: "does not say which line",
  },
  {
    of: "asker.ts",
    replace: 'if (!answer.startsWith("error: ")) return answer;',
    with: "if (answer) return answer;",
    breaks: [23],
    says: "prints the error as an answer",
  },
  {
    of: "asker.ts",
    replace: "performance.now() + timeout",
    with: "performance.now() + timeout / 2",
    breaks: [24],
    says: "gives up in half the time",
  },
  {
    of: "asker.ts",
    replace: "await connectWithin(left(), this.address)",
    with: "await Deno.connect(this.address)",
    breaks: [24],
    says: "connects without a time",
  },
  {
    of: "asker.ts",
    replace:
      'return await within(left(), "answer", held, this.#link.ask(number, line));',
    with: "void held;\nreturn await this.#link.ask(number, line);",
    breaks: [24],
    says: "waits for ever",
    told: "without end",
  },
  {
    of: "asker.ts",
    replace: "throw fail(`within ${timeout} ms`);\n        if",
    with: 'throw fail("in time");\n        if',
    breaks: [24],
    says: "does not say how long",
  },
  {
    of: "asker.ts",
    replace:
      'return await within(left(), "answer", held, this.#link.ask(number, line));',
    with:
      'try {\nreturn await within(left() / 2, "answer", held, this.#link.ask(number, line));\n} catch (error) {\nif (!(error instanceof DeadlineError)) throw error;\n}\nthis.#link = new Link(await connectWithin(left(), this.address));\nreturn await within(left(), "answer", held, this.#link.ask(number, line));',
    breaks: [25],
    says: "sends again at half time",
    told: "proof that nothing was done",
  },
  {
    of: "asker.ts",
    replace:
      "if (error instanceof DeadlineError) throw fail(`within ${timeout} ms`);",
    with:
      "if (error instanceof DeadlineError) {\nthis.#link = new Link(await Deno.connect(this.address));\nthis.#link.ask(number, line).catch(() => {});\nthrow fail(`within ${timeout} ms`);\n}",
    breaks: [25],
    says: "sends again when the time is up",
    told: "proof that nothing was done",
  },
  {
    of: "client.ts",
    replace: "if (hasFailed) Deno.exit(1);",
    with: "",
    breaks: [26],
    says: "ends with exit code 0 in any case",
  },
  {
    of: "client.ts",
    replace: "hasFailed = true;",
    with: "hasFailed = true;\nbreak;",
    breaks: [24, 26],
    says: "ends with the first line that fails",
  },
  {
    of: "client.ts",
    replace: "if (hasFailed) Deno.exit(1);",
    with:
      "if (hasFailed) Deno.exit(1);\nawait new Promise((resolve) => setTimeout(resolve, 2500));",
    breaks: [26],
    says: "ends later",
  },
  {
    of: "client.ts",
    replace: '?? "3"',
    with: '?? "2"',
    breaks: [27],
    says: "tries twice",
  },
  {
    of: "client.ts",
    replace: '?? "3"',
    with: '?? "4"',
    breaks: [27],
    says: "tries four times",
  },
  {
    of: "asker.ts",
    replace: "count === tries",
    with: "count > tries",
    breaks: [27],
    says: "tries once more",
  },
  {
    of: "asker.ts",
    replace: "error instanceof ConnectionRefused ||",
    with: "",
    breaks: [27],
    says: "gives up where nothing listens",
  },
  {
    of: "asker.ts",
    replace: "after ${tries} tries",
    with: "after ${tries + 1} tries",
    breaks: [27],
    says: "counts wrongly",
  },
  {
    of: "asker.ts",
    replace: "FIRST_PAUSE_MS = 100",
    with: "FIRST_PAUSE_MS = 40",
    breaks: [28],
    says: "pauses too short",
  },
  {
    of: "asker.ts",
    replace: "most: LONGEST_PAUSE_MS",
    with: "most: FIRST_PAUSE_MS",
    breaks: [28],
    says: "pauses that do not grow",
  },
  {
    of: "asker.ts",
    replace: "setTimeout(resolve, Math.min(ms, left()))",
    with: "setTimeout(resolve, ms * 0)",
    breaks: [28],
    says: "tries again at once",
    told: "tries again at once",
  },
  {
    of: "asker.ts",
    replace: "jitter: 0.5",
    with: "jitter: 0",
    breaks: [29],
    says: "leaves nothing to chance",
    told: "in step",
  },
  {
    of: "asker.ts",
    replace: "jitter: 0.5,",
    with: "jitter: 0.5,\nseed: 7,",
    breaks: [29],
    says: "has the same chance for everybody",
    told: "in step",
  },
  {
    of: "link.ts",
    replace: "MOST_UNANSWERED = 3",
    with: "MOST_UNANSWERED = 2",
    breaks: [30],
    says: "takes two silent pings for death",
  },
  {
    of: "link.ts",
    replace: "MOST_UNANSWERED = 3",
    with: "MOST_UNANSWERED = 4",
    breaks: [30],
    says: "takes four silent pings for death",
  },
  {
    of: "link.ts",
    replace: "if (this.#heartbeat > 0) {",
    with: "if (this.#heartbeat > 1e9) {",
    breaks: [30],
    says: "sends no pings",
    told: "keep-alive is no heartbeat",
  },
  {
    of: "link.ts",
    replace: 'if (line === "pong") unanswered = 0;\n',
    with: "",
    breaks: [31],
    says: "counts its pings",
    told: "counts its pings",
  },
  {
    of: "link.ts",
    replace: 'if (line === "pong") unanswered = 0;',
    with: 'if (line === "PONG") unanswered = 0;',
    breaks: [31],
    says: "does not know a pong",
    told: "counts its pings",
  },
  {
    of: "link.ts",
    replace: 'if (line === "pong") unanswered = 0;',
    with: 'if (line === "pong") unanswered -= 0.5;',
    breaks: [31],
    says: "needs two pongs for a ping",
    told: "counts its pings",
  },
];
