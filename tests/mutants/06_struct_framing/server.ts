/**
 * Mutants of lesson 06's server.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** The loop that answers one client. */
const LOOP = `    while (true) {
      const payload = await frames.readFrame();
      if (payload === null) return;
      await writeFrame(conn, answer(payload));
    }`;

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "server.ts",
    replace: "    say.connected(conn);\n",
    with: "",
    breaks: [1],
    says: "prints no connected lines",
  },
  {
    of: "server.ts",
    replace: "  say.listening(listener);\n",
    with: "",
    breaks: [1, 10],
    says: "prints no ready line",
  },
  {
    of: "server.ts",
    replace: "await writeFrame(conn, answer(payload));",
    with: "for (const _ of [1, 2]) await writeFrame(conn, answer(payload));",
    breaks: [2],
    says: "replies twice",
  },
  {
    of: "server.ts",
    replace: "await writeFrame(conn, answer(payload));",
    with:
      "await writeFrame(conn, answer(payload));\n      await conn.write(new Uint8Array(1));",
    breaks: [2],
    says: "sends a zero behind each reply",
  },
  {
    of: "server.ts",
    replace: LOOP,
    with: `    const all: Uint8Array[] = [];
    while (true) {
      const payload = await frames.readFrame();
      if (payload === null) break;
      all.push(payload);
    }
    for (const payload of all) await writeFrame(conn, answer(payload));`,
    breaks: [2],
    says: "reads to the end before it replies",
    told: "reads to the end of the stream before it replies",
  },
  {
    of: "server.ts",
    replace: LOOP,
    with:
      `    const { readFull } = await import("data:text/javascript,export const readFull = async (conn, size) => { const bytes = new Uint8Array(size); let n = 0; while (n < size) { const c = await conn.read(bytes.subarray(n)); if (c === null) return null; n += c; } return bytes; };");
    while (true) {
      const prefix = new Uint8Array(4);
      if (await conn.read(prefix) === null) return;
      const length = new DataView(prefix.buffer).getInt32(0, true);
      if (length < 0 || length > LONGEST) throw new FrameLengthError(length, LONGEST);
      const payload = await readFull(conn, length);
      if (payload === null) return;
      await writeFrame(conn, answer(payload));
    }`,
    breaks: [2],
    says: "reads the length once",
    told: "takes one read for the whole of a length",
  },
  {
    of: "server.ts",
    replace: LOOP,
    with: `    while (true) {
      const payload = new Uint8Array(LONGEST);
      const count = await conn.read(payload);
      if (count === null) return;
      await writeFrame(conn, answer(payload.subarray(4, count)));
    }`,
    breaks: [2],
    says: "takes one read for one frame",
  },
  {
    of: "server.ts",
    replace: "await writeFrame(conn, answer(payload));",
    with: `const reply = answer(payload);
      const prefix = new Uint8Array(4);
      new DataView(prefix.buffer).setInt32(0, new TextDecoder().decode(reply).length, true);
      const both = new Uint8Array([...prefix, ...reply]);
      for (let sent = 0; sent < both.length;) sent += await conn.write(both.subarray(sent));`,
    breaks: [2, 3],
    says: "sends the length in characters",
    told: "counts characters where the length counts bytes",
  },
  {
    of: "rpc.ts",
    replace: "text(request).toUpperCase()",
    with: "text(request).replace(/[a-z]/g, (letter) => letter.toUpperCase())",
    breaks: [3],
    says: "knows the capitals of 26 letters only",
  },
  {
    of: "rpc.ts",
    replace: "text(request).toUpperCase()",
    with: "text(request).trim().toUpperCase()",
    breaks: [3],
    says: "trims the text",
  },
  {
    of: "server.ts",
    replace: "import { answer, encodeError, LONGEST } from",
    with:
      'import { answer as right, encodeError, LONGEST } from "./rpc.ts";\nconst answer = (payload: Uint8Array) => payload.length === 0 ? new Uint8Array() : right(payload);\nimport {} from',
    breaks: [4],
    says: "answers an empty frame with an empty one",
  },
  {
    of: "rpc.ts",
    replace: "{ fatal: true }",
    with: "{}",
    breaks: [4],
    says: "takes bytes that are no UTF-8",
  },
  {
    of: "server.ts",
    replace: "import { answer, encodeError, LONGEST } from",
    with:
      'import { answer as right, encodeError, LONGEST } from "./rpc.ts";\nconst answer = (payload: Uint8Array) => { JSON.parse(new TextDecoder().decode(payload)); return right(payload); };\nimport {} from',
    breaks: [4, 8, 13],
    says: "dies of what is no JSON",
  },
  {
    of: "server.ts",
    replace: LOOP,
    with: `    while (true) {
      const payload = await frames.readFrame();
      if (payload === null) return;
      const reply = answer(payload);
      await writeFrame(conn, reply);
      if (new TextDecoder().decode(reply).startsWith('{"error"')) return;
    }`,
    breaks: [8],
    says: "ends the connection after an error",
    told: "gives up the stream after a frame that is not JSON",
  },
  {
    of: "rpc.ts",
    replace: "switch (request.op) {",
    with: "switch (String(request.op).toLowerCase()) {",
    breaks: [5],
    says: "takes ops in capitals",
  },
  {
    of: "rpc.ts",
    replace:
      'throw new RequestError("no such op: upper, sum and repeat are known");',
    with: 'return "no such op";',
    breaks: [5],
    says: "is fine with an op that it does not know",
  },
  {
    of: "rpc.ts",
    replace: 'if (typeof text === "string") return text;',
    with: "if (text !== undefined) return String(text);",
    breaks: [6],
    says: "takes what is no string for one",
  },
  {
    of: "rpc.ts",
    replace:
      "if (Array.isArray(numbers) && numbers.every(isNumber)) return numbers;",
    with:
      "if (Array.isArray(numbers)) return numbers.map(Number);\n  void isNumber;",
    breaks: [6],
    says: "takes texts for numbers",
  },
  {
    of: "rpc.ts",
    replace: " && Number.isInteger(times) && times >= 0",
    with: " && times >= 0",
    breaks: [6],
    says: "takes a fraction for times",
  },
  {
    of: "rpc.ts",
    replace: "Number.isInteger(times) && times >= 0",
    with: "Number.isInteger(times)",
    breaks: [6],
    says: "takes negative times",
  },
  {
    of: "rpc.ts",
    replace: "if (!Number.isFinite(sum)) {",
    with: "if (Number.isNaN(sum)) {",
    breaks: [7],
    says: "answers a sum that is too large with null",
  },
  {
    of: "rpc.ts",
    replace: "if (reply.length > LONGEST) throw tooLong();\n",
    with: "",
    breaks: [7],
    says: "does not look at the length of a reply",
  },
  {
    of: "rpc.ts",
    replace: "reply.length > LONGEST",
    with: "reply.length >= LONGEST",
    breaks: [7],
    says: "refuses a reply of the limit",
  },
  {
    of: "rpc.ts",
    replace: "reply.length > LONGEST",
    with:
      "JSON.stringify(new TextDecoder().decode(reply)).length / 2 > LONGEST",
    breaks: [7],
    says: "counts characters of a reply",
  },
  {
    of: "server.ts",
    replace: "await writeFrame(conn, answer(payload));",
    with: "writeFrame(conn, answer(payload));",
    breaks: [9],
    says: "does not wait for its writes",
    told: "begins to write a frame before",
  },
  {
    of: "server.ts",
    replace: "await writeFrame(conn, answer(payload));",
    with:
      'const { encodeFrame } = await import("@lessons/06_struct_framing/frame.ts");\n      await conn.write(encodeFrame(answer(payload)));',
    breaks: [9],
    says: "writes once",
    told: "takes one write for all of a large reply",
  },
  {
    of: "server.ts",
    replace: "{ maxLength: LONGEST }",
    with: "{ maxLength: LONGEST - 1 }",
    breaks: [10],
    says: "takes a byte less",
  },
  {
    of: "server.ts",
    replace: "{ maxLength: LONGEST }",
    with: "{ maxLength: LONGEST + 1 }",
    breaks: [10],
    says: "takes a byte more",
    told: "takes a length that it should refuse",
  },
  {
    of: "server.ts",
    replace: "{ maxLength: LONGEST }",
    with: "{ maxLength: 2 ** 31 }",
    breaks: [10],
    says: "has no limit",
    told: "takes a length that it should refuse",
  },
  {
    of: "server.ts",
    replace: "    await writeFrame(conn, encodeError(error.message));\n",
    with: "",
    breaks: [10],
    says: "says nothing of a length that it refuses",
  },
  {
    of: "server.ts",
    replace: "    await conn.closeWrite();\n",
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
    replace: "    if (!(error instanceof FrameLengthError)) throw error;",
    with: "    if (!(error instanceof FrameLengthError)) return;",
    breaks: [12],
    says: "drops a part of a frame silently",
    told: "drops a part of a frame silently",
  },
  {
    of: "server.ts",
    replace: "    if (!(error instanceof FrameLengthError)) throw error;",
    with:
      "    if (error instanceof Deno.errors.ConnectionReset) return;\n    if (!(error instanceof FrameLengthError)) throw error;",
    breaks: [12],
    says: "says nothing of a reset",
    told: "drops a part of a frame silently",
  },
  {
    of: "server.ts",
    replace: "    if (!(error instanceof FrameLengthError)) throw error;",
    with:
      "    if (error instanceof Error && /length/.test(error.message) && !(error instanceof FrameLengthError)) return;\n    if (!(error instanceof FrameLengthError)) throw error;",
    breaks: [12],
    says: "says nothing of an end inside a length",
    told: "drops a part of a frame silently",
  },
  {
    of: "server.ts",
    replace: "await acceptNext(listener)",
    with: "await listener.accept()",
    breaks: [13],
    says: "does not mind what accept() throws",
  },
  {
    of: "server.ts",
    replace: "    serveClient(conn, answerRequests); // not",
    with: "    answerRequests(conn).finally(() => conn.close()); // not",
    breaks: [12, 13],
    says: "dies of a client that broke off",
  },
  {
    of: "server.ts",
    replace: "    if (!(error instanceof FrameLengthError)) throw error;",
    with:
      "    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(1);\n    if (!(error instanceof FrameLengthError)) throw error;",
    breaks: [13],
    says: "dies of a client that left before it read its replies",
  },
  {
    of: "server.ts",
    replace: "    serveClient(conn, answerRequests); // not",
    with: "    await serveClient(conn, answerRequests); // not",
    breaks: [14],
    says: "serves one client after the other",
    told: "serves one client after the other",
  },
  {
    of: "server.ts",
    replace: `  while (true) {
    const conn = await acceptNext(listener);
    say.connected(conn);
    serveClient(`,
    with: `  for (let served = 1;; served++) {
    const conn = await acceptNext(listener);
    say.connected(conn);
    if (served % 4 === 0) await serveClient(conn, answerRequests);
    else serveClient(`,
    breaks: [14],
    says: "serves four at a time",
  },
  {
    of: "rpc.ts",
    replace: "numbers.reduce((sum, number) => sum + number, 0)",
    with: "numbers.slice(0, 100_000).reduce((sum, number) => sum + number, 0)",
    breaks: [3],
    says: "adds 100,000 numbers",
  },
  {
    of: "rpc.ts",
    replace: "numbers.reduce((sum, number) => sum + number, 0)",
    with: "Number(numbers.reduce((sum, number) => sum + number, 0).toFixed(6))",
    breaks: [3],
    says: "rounds",
  },
  {
    of: "rpc.ts",
    replace: "  const sum = numbers.reduce((sum, number) => sum + number, 0);",
    with:
      "  if (numbers.length > 120_000) numbers = [Math.max(...numbers)]; // as an array spread over too many arguments\n  const sum = numbers.reduce((sum, number) => sum + number, 0);",
    breaks: [3, 13],
    says: "dies of many numbers",
  },
  {
    of: "rpc.ts",
    replace: "  return { ...value };",
    with:
      "  const depthOf = (value: unknown): number =>\n    Array.isArray(value) ? 1 + Math.max(0, ...value.map(depthOf)) : 0;\n  depthOf(Object.values(value));\n  return { ...value };",
    breaks: [13],
    says: "dies of what is deep",
  },
  {
    of: "rpc.ts",
    replace:
      '  if (typeof value !== "object" || value === null || Array.isArray(value)) {',
    with:
      '  if (Array.isArray(value)) value = value[0];\n  if (typeof value !== "object" || value === null || Array.isArray(value)) {',
    breaks: [4],
    says: "takes a request out of an array",
  },
  {
    of: "rpc.ts",
    replace: 'new TextDecoder("utf-8", { fatal: true }).decode(payload),',
    with:
      'new TextDecoder("utf-8", { fatal: true }).decode(payload).replace(/\\0+$/, ""),',
    breaks: [4],
    says: "cuts zeros at the end",
  },
  {
    of: "rpc.ts",
    replace: "  switch (request.op) {",
    with: "  switch (`${request.op}`) {",
    breaks: [5],
    says: "takes an op in an array",
  },
  {
    of: "rpc.ts",
    replace: "  switch (request.op) {",
    with: '  switch (request.op ?? "upper") {',
    breaks: [5],
    says: "takes no op for upper",
  },
  {
    of: "rpc.ts",
    replace: "  switch (request.op) {",
    with:
      '  switch (typeof request.op === "string" ? request.op.trim() : request.op) {',
    breaks: [5],
    says: "trims the op",
  },
  {
    of: "rpc.ts",
    replace: "numbers.every(isNumber)",
    with: "numbers.slice(0, 3).every(isNumber)",
    breaks: [6],
    says: "looks at three numbers",
  },
  {
    of: "rpc.ts",
    replace: '    case "repeat":\n',
    with: '    case "repeat":\n      if (request.times === 0) return "";\n',
    breaks: [6],
    says: "wants no text where it repeats nothing",
  },
  {
    of: "rpc.ts",
    replace: '    case "repeat":\n',
    with: '    case "repeat":\n      if (request.text === "") return "";\n',
    breaks: [6],
    says: "wants no times where there is no text",
  },
  {
    of: "rpc.ts",
    replace:
      '  if (typeof times === "number" && Number.isInteger(times) && times >= 0) {',
    with:
      '  if (typeof times === "boolean") times = Number(times);\n  if (typeof times === "number" && Number.isInteger(times) && times >= 0) {',
    breaks: [6],
    says: "takes true for 1",
  },
  {
    of: "rpc.ts",
    replace: "Number.isInteger(times)",
    with: "Number.isInteger(Math.fround(times))",
    breaks: [6],
    says: "takes nearly 1 for 1",
  },
  {
    of: "rpc.ts",
    replace: "  if (!Number.isFinite(sum)) {",
    with: "  if (sum === Infinity) {",
    breaks: [7],
    says: "looks at one infinity",
  },
  {
    of: "rpc.ts",
    replace: "  if (text.length * times > LONGEST) throw tooLong();",
    with: "  if (times > LONGEST) throw tooLong();",
    breaks: [3],
    says: "refuses to repeat nothing many times",
  },
  {
    of: "rpc.ts",
    replace: '    case "upper":\n',
    with: '    case "upper":\n      if ("times" in request) times(request);\n',
    breaks: [3],
    says: "looks at the arguments of others",
  },
  {
    of: "rpc.ts",
    replace: "  return { ...value };",
    with:
      '  if ("id" in value) throw new RequestError("no id");\n  return { ...value };',
    breaks: [3],
    says: "minds other keys",
  },
  {
    of: "rpc.ts",
    replace: "return text(request).toUpperCase();",
    with:
      'return text(request).split("").map((unit) => unit.toUpperCase()).join("");',
    breaks: [3],
    says: "makes capitals of units",
  },
];
