/**
 * Mutants of lesson 05's server, and of what both sides share.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** How both sides take lines and send them. */
export const lineMutants: readonly Mutant[] = [
  {
    of: "write_line.ts",
    replace: "`${line}\\n`",
    with: "`${line}\\r\\n`",
    breaks: [1],
    says: "ends its lines with CR and LF",
  },
  {
    of: "write_line.ts",
    replace: "`${line}\\n`",
    with: "`${line}\\n\\0`",
    breaks: [1],
    says: "sends a zero behind each line",
  },
  {
    of: "write_line.ts",
    replace: "`${line}\\n`",
    with: "`\\n${line}`",
    breaks: [1],
    says: "puts the LF in front of the line",
  },
  {
    of: "write_line.ts",
    replace:
      "while (bytes.length > 0) bytes = bytes.subarray(await writer.write(bytes));",
    with: "bytes = bytes.subarray(await writer.write(bytes));",
    breaks: [2],
    says: "writes once",
    told: "takes one write for all of a long line",
  },
  {
    of: "write_line.ts",
    replace: "bytes.subarray(await writer.write(bytes))",
    with:
      "bytes.subarray(Math.max(65536, await writer.write(bytes.subarray(0, 65536))))",
    breaks: [2],
    says: "takes a write of 64 KiB for whole",
    told: "takes one write for all of a long line",
  },
  {
    of: "line_reader.ts",
    replace: "this.#end += count;",
    with: "this.#end += count;\n      return this.#takeRest();",
    breaks: [3],
    says: "takes one read for one line",
    told: "takes one read for one line",
  },
  {
    of: "line_reader.ts",
    replace: "this.#start = this.#searched = lf + 1;",
    with: "this.#start = this.#searched = this.#end;",
    breaks: [3],
    says: "forgets what comes behind a line in one read",
  },
  {
    of: "line_reader.ts",
    replace: "this.#searched -= this.#start;",
    with: "",
    breaks: [3],
    says: "searches behind the LF",
  },
  {
    of: "line_reader.ts",
    replace: "this.#end += count;",
    with:
      "const text = new TextDecoder().decode(free.subarray(0, count));\n      this.#end += new TextEncoder().encodeInto(text, this.#buffer.subarray(this.#end)).written;",
    breaks: [3],
    says: "decodes each chunk",
    told: "decodes each chunk on its own",
  },
  {
    of: "line_reader.ts",
    replace: "hasCR ? lf - 1 : lf",
    with: "lf",
    breaks: [4],
    says: "keeps the CR",
    told: "takes the CR of a line's end for a part of the line",
  },
  {
    of: "line_reader.ts",
    replace: "this.#decode(this.#start, hasCR ? lf - 1 : lf)",
    with: 'this.#decode(this.#start, lf).replace(/\\r+$/, "")',
    breaks: [4],
    says: "strips several CR",
  },
  {
    of: "line_reader.ts",
    replace: "const hasCR = length > 0 &&",
    with: "const hasCR = length > 1 &&",
    breaks: [4],
    says: "keeps the CR of an empty line",
    told: "takes the CR of a line's end for a part of the line",
  },
  {
    of: "line_reader.ts",
    replace: "return this.#decoder.decode(this.#buffer.subarray(from, to));",
    with:
      'return this.#decoder.decode(this.#buffer.subarray(from, to)).replaceAll("\\r", "");',
    breaks: [5],
    says: "strips each CR",
  },
  {
    of: "line_reader.ts",
    replace: "return this.#decoder.decode(this.#buffer.subarray(from, to));",
    with:
      "return this.#decoder.decode(this.#buffer.subarray(from, to)).trim();",
    breaks: [5],
    says: "trims",
  },
  {
    of: "line_reader.ts",
    replace: "return this.#decoder.decode(this.#buffer.subarray(from, to));",
    with:
      "return this.#decoder.decode(this.#buffer.subarray(from, to)).trimEnd();",
    breaks: [5],
    says: "trims the end",
  },
  {
    of: "line_reader.ts",
    replace: "return this.#decoder.decode(this.#buffer.subarray(from, to));",
    with:
      'return this.#decoder.decode(this.#buffer.subarray(from, to)).replaceAll("\\0", "");',
    breaks: [5],
    says: "leaves zeros out",
  },
  {
    of: "line_reader.ts",
    replace: "{ ignoreBOM: true }",
    with: "{}",
    breaks: [5],
    says: "drops a byte order mark",
  },
  {
    of: "line_reader.ts",
    replace: "if (count === null) return this.#takeRest();",
    with: "if (count === null) return null;",
    breaks: [6],
    says: "forgets the last line",
    told: "forgets the last line when it has no LF",
  },
  {
    of: "line_reader.ts",
    replace: "if (this.#start === this.#end) return null;",
    with:
      'if (this.#start === this.#end) {\n      if (this.#maxLength < 0) return null;\n      (this as { readLine: unknown }).readLine = () => Promise.resolve(null);\n      return "";\n    }',
    breaks: [6],
    says: "takes nothing behind the last LF for a line",
  },
];

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  ...lineMutants,
  {
    of: "line_reader.ts",
    replace: "const line = this.#decode(this.#start, this.#end);",
    with:
      'const line = this.#decode(this.#start, this.#end).replace(/\\r$/, "");',
    breaks: [5, 6],
    says: "strips a CR where no LF comes",
  },
  {
    of: "server.ts",
    replace: "      await writeLine(conn, line.toUpperCase());",
    with: "      writeLine(conn, line.toUpperCase());",
    breaks: [2],
    says: "does not wait for its writes",
    told: "begins to write a line before",
  },
  {
    of: "server.ts",
    replace: "    say.connected(conn);\n",
    with: "",
    breaks: [7],
    says: "prints no connected lines",
  },
  {
    of: "server.ts",
    replace: "say.connected(conn);",
    with: "say.connected({ remoteAddr: conn.localAddr });",
    breaks: [7],
    says: "prints its own address in the connected line",
  },
  {
    of: "server.ts",
    replace: "line.toUpperCase()",
    with: "line",
    breaks: [8],
    says: "answers without capitals",
  },
  {
    of: "server.ts",
    replace: "line.toUpperCase()",
    with: "line.replace(/[a-z]/g, (letter) => letter.toUpperCase())",
    breaks: [8],
    says: "knows the capitals of 26 letters only",
  },
  {
    of: "server.ts",
    replace: "if (line === null) return;",
    with: 'if (line === null) return;\n      if (line === "") continue;',
    breaks: [8],
    says: "does not answer empty lines",
  },
  {
    of: "server.ts",
    replace: "await writeLine(conn, line.toUpperCase());",
    with: "for (const _ of [1, 2]) await writeLine(conn, line.toUpperCase());",
    breaks: [8],
    says: "answers twice",
  },
  {
    of: "server.ts",
    replace: `    while (true) {
      const line = await lines.readLine();
      if (line === null) return;
      await writeLine(conn, line.toUpperCase());
    }`,
    with: `    const all: string[] = [];
    while (true) {
      const line = await lines.readLine();
      if (line === null) break;
      all.push(line);
    }
    for (const line of all) await writeLine(conn, line.toUpperCase());`,
    breaks: [8],
    says: "reads to the end before it answers",
    told: "reads to the end of the stream before it answers",
  },
  {
    of: "server.ts",
    replace: `    while (true) {
      const line = await lines.readLine();
      if (line === null) return;
      await writeLine(conn, line.toUpperCase());
    }`,
    with: `    let before: string | null = null;
    while (true) {
      const line = await lines.readLine();
      if (before !== null) await writeLine(conn, before.toUpperCase());
      if (line === null) return;
      before = line;
    }`,
    breaks: [8],
    says: "answers a line when the next one comes",
  },
  {
    of: "server.ts",
    replace: "if (line === null) return;",
    with:
      "if (line === null) await new Promise(() => setInterval(() => {}, 1e6));",
    breaks: [9],
    says: "does not close when the client has half-closed",
  },
  {
    of: "server.ts",
    replace: "if (line === null) return;\n",
    with: "",
    breaks: [9, 12],
    says: "takes null for a line",
  },
  {
    of: "server.ts",
    replace: "await writeLine(conn, line.toUpperCase());",
    with:
      'await writeLine(conn, line.toUpperCase());\n      if (line === "end of file") return;',
    breaks: [9],
    says: "closes before all is answered",
  },
  {
    of: "server.ts",
    replace: `    while (true) {
      const line = await lines.readLine();
      if (line === null) return;
      await writeLine(conn, line.toUpperCase());
    }`,
    with:
      `    const { TextLineStream } = await import("@std/streams/text-line-stream");
    const typed = conn.readable
      .pipeThrough(new TextDecoderStream("utf-8", { ignoreBOM: true }))
      .pipeThrough(new TextLineStream());
    for await (const line of typed) await writeLine(conn, line.toUpperCase());`,
    breaks: [9],
    says: "lets conn.readable close the connection",
    told: "closes the connection as soon as the client has half-closed",
  },
  {
    of: "server.ts",
    replace: `    while (true) {
      const line = await lines.readLine();
      if (line === null) return;
      await writeLine(conn, line.toUpperCase());
    }`,
    with:
      `    const { TextLineStream } = await import("@std/streams/text-line-stream");
    const typed = conn.readable
      .pipeThrough(new TextDecoderStream("utf-8", { ignoreBOM: true }))
      .pipeThrough(new TextLineStream());
    for await (const line of typed) {
      await writeLine(conn, line.toUpperCase()).catch(() => {});
    }`,
    breaks: [9, 6],
    says: "lets conn.readable close the connection, and says nothing",
    told: "closes the connection as soon as the client has half-closed",
  },
  {
    of: "server.ts",
    replace: "const LONGEST = 1024 * 1024;",
    with: "const LONGEST = 1024 * 1024 - 1;",
    breaks: [10],
    says: "takes a byte less",
  },
  {
    of: "server.ts",
    replace: "{ maxLength: LONGEST }",
    with: "{ maxLength: LONGEST + 1 }",
    breaks: [10],
    says: "takes a byte more",
  },
  {
    of: "line_reader.ts",
    replace: "if (length > this.#maxLength) throw",
    with: "if (lf !== -1 && length > this.#maxLength) throw",
    breaks: [10],
    says: "waits for the LF before it looks at the length",
  },
  {
    of: "line_reader.ts",
    replace: "if (length > this.#maxLength) throw",
    with: "if (lf === -1 && length > this.#maxLength) throw",
    breaks: [10],
    says: "does not look at the length when the LF comes with the rest",
  },
  {
    of: "server.ts",
    replace: "{ maxLength: LONGEST }",
    with: "{ maxLength: Infinity }",
    breaks: [10],
    says: "has no limit",
  },
  {
    of: "server.ts",
    replace: "`error: ${error.message}`",
    with: "error.message",
    breaks: [10],
    says: "leaves the word error out",
  },
  {
    of: "server.ts",
    replace:
      "    await conn.closeWrite(); // no answer will come after this one\n",
    with: "",
    breaks: [11],
    says: "does not half-close after its error",
  },
  {
    of: "server.ts",
    replace: "    await drain(conn);\n",
    with: "",
    breaks: [11],
    says: "closes after its error and reads no more",
  },
  {
    of: "server.ts",
    replace: "const MOST_DRAINED = 64 * LONGEST;",
    with: "const MOST_DRAINED = 48 * 1024;",
    breaks: [11],
    says: "reads only 48 KiB after its error",
  },
  {
    of: "server.ts",
    replace: "    await drain(conn);\n",
    with: "    await answerLines(conn);\n",
    breaks: [11],
    says: "answers on after its error",
  },
  {
    of: "server.ts",
    replace: "const reason = explain(",
    with: "throw error;\n    const reason = explain(",
    breaks: [12],
    says: "dies of a client that broke off",
  },
  {
    of: "server.ts",
    replace: "const reason = explain(",
    with:
      "if (error instanceof Deno.errors.BrokenPipe) throw error;\n    const reason = explain(",
    breaks: [12],
    says: "dies of a client that left before it read its answers",
  },
  {
    of: "server.ts",
    replace: "await acceptNext(listener)",
    with: "await listener.accept()",
    breaks: [12],
    says: "does not mind what accept() throws",
  },
  {
    of: "server.ts",
    replace: "if (!(error instanceof LineTooLongError)) throw error;",
    with: "throw error;",
    breaks: [10, 12],
    says: "dies of a line that is too long",
  },
  {
    of: "server.ts",
    replace: "await drain(conn);\n",
    with: "drain(conn).catch(() => {});\n",
    breaks: [11, 12],
    says: "closes while it drains",
  },
  {
    of: "server.ts",
    replace: "    serve(conn); // not awaited",
    with: "    await serve(conn); // not awaited",
    breaks: [13],
    says: "serves one client after the other",
    told: "serves one client after the other",
  },
  {
    of: "server.ts",
    replace: `  while (true) {
    const conn = await acceptNext(listener);
    say.connected(conn);
    serve(conn);`,
    with: `  for (let served = 1;; served++) {
    const conn = await acceptNext(listener);
    say.connected(conn);
    const task = serve(conn);
    if (served % 4 === 0) await task;`,
    breaks: [13],
    says: "serves four at a time",
    told: "serves one client after the other",
  },
];
