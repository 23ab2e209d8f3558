/**
 * Mutants of lesson 06's client.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "client.ts",
    replace: "text: first })",
    with: "text: first.trim() })",
    breaks: [15],
    says: "trims its text",
  },
  {
    of: "client.ts",
    replace: "values.map(readNumber)",
    with: "values.map((value) => parseInt(value))",
    breaks: [15, 23],
    says: "takes whole numbers only",
  },
  {
    of: "client.ts",
    replace: "times: readNumber(second) })",
    with: "times: second })",
    breaks: [15],
    says: "sends times as a text",
  },
  {
    of: "client.ts",
    replace: "    await writeFrame(conn, new TextEncoder().encode(request));",
    with: `    const bytes = new TextEncoder().encode(request);
    const frame = new Uint8Array([0, 0, 0, 0, ...bytes]);
    new DataView(frame.buffer).setInt32(0, request.length, true);
    await conn.write(frame);`,
    breaks: [15, 16],
    says: "sends the length in characters",
    told: "counts characters where the length counts bytes",
  },
  {
    of: "client.ts",
    replace: "    await writeFrame(conn, new TextEncoder().encode(request));",
    with: `    const bytes = new TextEncoder().encode(request);
    const frame = new Uint8Array([0, 0, 0, 0, ...bytes]);
    new DataView(frame.buffer).setInt32(0, bytes.length, false);
    await conn.write(frame);`,
    breaks: [15],
    says: "sends the high byte first",
    told: "puts the length's high byte first",
  },
  {
    of: "client.ts",
    replace: "    sent.requests++;\n",
    with: '    if (request === "") continue;\n    sent.requests++;\n',
    breaks: [16],
    says: "does not send empty lines",
  },
  {
    of: "client.ts",
    replace: "new TextEncoder().encode(request)",
    with: "new TextEncoder().encode(request.trim())",
    breaks: [16],
    says: "trims its lines",
  },
  {
    of: "client.ts",
    replace: "    await writeFrame(conn,",
    with: "    writeFrame(conn,",
    breaks: [16, 17],
    says: "does not wait for its writes",
  },
  {
    of: "client.ts",
    replace: "    await writeFrame(conn, new TextEncoder().encode(request));",
    with:
      `    const { encodeFrame } = await import("@lessons/06_struct_framing/frame.ts");
    await conn.write(encodeFrame(new TextEncoder().encode(request)));`,
    breaks: [16],
    says: "writes once",
    told: "takes one write for all of a large",
  },
  {
    of: "client.ts",
    replace: "for await (const request of requests) {",
    with: "for (const request of await Array.fromAsync(requests)) {",
    breaks: [16],
    says: "sends nothing before its input has ended",
  },
  {
    of: "client.ts",
    replace: `    const sending = sendAll(conn, requests);
    sending.catch(() => {}); // it fails when the server is gone, and then the replies end too
    const { replies, errors } = await printReplies(conn);
`,
    with: `    const frames = new FrameReader(conn);
    let [replies, errors] = [0, 0];
    for await (const request of requests) {
      sent.requests++;
      await writeFrame(conn, new TextEncoder().encode(request));
      const payload = await frames.readFrame();
      if (payload === null) break;
      replies++;
      const reply = readReply(payload);
      console.log(JSON.stringify(reply));
      if (reply && "error" in reply) errors++;
    }
    sent.isAll = true;
    await conn.closeWrite();
    if (await frames.readFrame() !== null) sent.isAll = false;
`,
    breaks: [16],
    says: "waits for each reply",
    told: "waits for each reply before it sends the next request",
  },
  {
    of: "client.ts",
    replace: "  await conn.closeWrite(); // the server sees",
    with: "  // the server sees",
    breaks: [17],
    says: "does not half-close",
    told: "does not say that it has sent everything",
  },
  {
    of: "client.ts",
    replace: "  await conn.closeWrite(); // the server sees",
    with: "  conn.close(); // the server sees",
    breaks: [17],
    says: "closes where it should half-close",
  },
  {
    of: "client.ts",
    replace: "const sending = sendAll(conn, requests);\n",
    with: "const sending = sendAll(conn, requests);\n    await sending;\n",
    breaks: [18],
    says: "sends all before it reads",
    told: "sends all its requests before it reads a reply",
  },
  {
    of: "client.ts",
    replace: "console.log(JSON.stringify(reply)); // one line",
    with: "console.log(new TextDecoder().decode(payload)); // one line",
    breaks: [18],
    says: "prints a reply as the server spelled it, on several lines",
  },
  {
    of: "client.ts",
    replace: "console.log(JSON.stringify(reply)); // one line",
    with:
      'if (!("error" in reply)) console.log(JSON.stringify(reply)); // one line',
    breaks: [18, 20],
    says: "does not print errors",
  },
  {
    of: "client.ts",
    replace: "console.log(JSON.stringify(reply)); // one line",
    with:
      'console.log(JSON.stringify(reply).replaceAll("\\\\u0000", "")); // one line',
    breaks: [18],
    says: "leaves zeros out",
  },
  {
    of: "client.ts",
    replace: "using conn = await Deno.connect(address);",
    with:
      'using conn = await Deno.connect(address);\n    console.log("connected");',
    breaks: [18],
    says: "prints that it is connected",
  },
  {
    of: "client.ts",
    replace: "const { replies, errors } = await printReplies(conn);\n",
    with:
      'const { replies, errors } = await printReplies(conn);\n    console.log("bye");\n',
    breaks: [18],
    says: "prints a goodbye",
  },
  {
    of: "client.ts",
    replace: 'if ("error" in reply) errors++;',
    with:
      'if ("error" in reply) errors++;\n    if (sent.isAll && replies + 1 === sent.requests) return { replies: replies + 1, errors };',
    breaks: [19],
    says: "does not wait until the server has closed",
  },
  {
    of: "client.ts",
    replace: "replies < sent.requests) {",
    with: "replies <= sent.requests) {",
    breaks: [19],
    says: "misses a reply more",
  },
  {
    of: "client.ts",
    replace: 'if ("error" in reply) errors++;',
    with: 'if ("error" in reply && reply.error) errors++;',
    breaks: [20],
    says: "takes an empty error for none",
  },
  {
    of: "client.ts",
    replace: "if (errors > 0) {",
    with: "if (errors > 9) {",
    breaks: [20],
    says: "does not mind errors",
  },
  {
    of: "client.ts",
    replace: 'if ("error" in reply) errors++;',
    with: 'if ("error" in reply) throw new Error("the server refuses");',
    breaks: [20],
    says: "ends at the first error",
  },
  {
    of: "client.ts",
    replace: 'if ("error" in reply) errors++;',
    with:
      'if ("error" in reply) {\n      errors++;\n      console.error(`error: ${reply.error}`);\n    }',
    breaks: [20],
    says: "says each error on stderr",
  },
  {
    of: "client.ts",
    replace: "!sent.isAll || replies < sent.requests",
    with: "!sent.isAll",
    breaks: [21],
    says: "does not count the replies",
  },
  {
    of: "client.ts",
    replace: "!sent.isAll || replies < sent.requests",
    with: "replies < sent.requests",
    breaks: [21],
    says: "ends well while its input is open",
  },
  {
    of: "client.ts",
    replace: "const { replies, errors } = await printReplies(conn);\n",
    with:
      "const { replies, errors } = await printReplies(conn);\n    await sending.catch(() => {});\n",
    breaks: [21],
    says: "waits for the end of its input when the server has closed",
    told: "waits for the end of its input",
  },
  {
    of: "client.ts",
    replace: "`${formatAddress(address)} closed the connection`",
    with: '"the server closed the connection"',
    breaks: [21],
    says: "does not name the server",
  },
  {
    of: "client.ts",
    replace:
      "throw new Error(`${formatAddress(address)} closed the connection`);",
    with:
      "console.log(`error: ${formatAddress(address)} closed the connection`);\n      Deno.exit(1);",
    breaks: [21],
    says: "reports the error on stdout",
  },
  {
    of: "client.ts",
    replace: "const payload = await frames.readFrame();",
    with:
      "const payload = await frames.readFrame().catch((error) => {\n      if (error instanceof Deno.errors.ConnectionReset) return null;\n      throw error;\n    });",
    breaks: [21],
    says: "takes a reset for an end",
  },
  {
    of: "client.ts",
    replace: "const payload = await frames.readFrame();",
    with:
      "const payload = await frames.readFrame().catch((error) => {\n      if (/the stream ended/.test(error.message)) return null;\n      throw error;\n    });",
    breaks: [21, 22],
    says: "takes an end inside a reply for an end",
  },
  {
    of: "client.ts",
    replace: "{ fatal: true }",
    with: "{}",
    breaks: [22],
    says: "takes bytes that are no UTF-8",
  },
  {
    of: "client.ts",
    replace: "return isObject ? reply : undefined;",
    with: "return isObject || Array.isArray(reply) ? reply : undefined;",
    breaks: [22],
    says: "takes an array for a reply",
  },
  {
    of: "client.ts",
    replace: "reply !== null &&",
    with: "",
    breaks: [22],
    says: "takes null for a reply",
  },
  {
    of: "client.ts",
    replace: "new FrameReader(conn)",
    with: "new FrameReader(conn, { maxLength: 2 ** 31 })",
    breaks: [22],
    says: "has no limit",
  },
  {
    of: "client.ts",
    replace:
      'if (word.trim() !== "" && Number.isFinite(number)) return number;',
    with: "if (Number.isFinite(number)) return number;",
    breaks: [23],
    says: "takes an empty word for 0",
  },
  {
    of: "client.ts",
    replace: "const number = Number(word);",
    with: "const number = parseFloat(word);",
    breaks: [23],
    says: "takes 3x for 3",
  },
  {
    of: "client.ts",
    replace: "first !== undefined && second === undefined) {",
    with: "first !== undefined) {",
    breaks: [23],
    says: "ignores words that are too many for upper",
  },
  {
    of: "client.ts",
    replace: 'throw new UsageError(`cannot ask for "${words.join(" ")}"`);',
    with: "return [JSON.stringify({ op, values })];",
    breaks: [23],
    says: "sends what it does not know",
  },
  {
    of: "client.ts",
    replace: '  if (op === "upper" && first !== undefined',
    with: '  if (op === "upper" && first',
    breaks: [15],
    says: "has no text for upper",
  },
  {
    of: "client.ts",
    replace: "values.map(readNumber)",
    with: "values.map(readNumber).map((number) => Number(number.toFixed(2)))",
    breaks: [15],
    says: "rounds",
  },
  {
    of: "client.ts",
    replace: "times: readNumber(second) })",
    with: "times: Math.trunc(readNumber(second)) })",
    breaks: [15],
    says: "sends whole times",
  },
  {
    of: "client.ts",
    replace: "times: readNumber(second) })",
    with: "times: Math.abs(readNumber(second)) })",
    breaks: [15],
    says: "sends times without a sign",
  },
  {
    of: "client.ts",
    replace: 'if ("error" in reply) errors++;',
    with: 'if ("error" in reply && reply.error !== null) errors++;',
    breaks: [20],
    says: "takes null for no error",
  },
  {
    of: "client.ts",
    replace: 'if ("error" in reply) errors++;',
    with: 'if ("error" in reply && !("ok" in reply)) errors++;',
    breaks: [20],
    says: "takes an error beside ok for none",
  },
  {
    of: "client.ts",
    replace: "    if (payload === null) return { replies, errors };\n",
    with:
      "    if (payload === null) return { replies, errors };\n    if (payload.length === 0) continue;\n",
    breaks: [22],
    says: "skips empty frames",
  },
  {
    of: "client.ts",
    replace:
      "    const requests = readRequests(words);\n    using conn = await Deno.connect(address);\n",
    with:
      "    using conn = await Deno.connect(address);\n    const requests = readRequests(words);\n",
    breaks: [23],
    says: "connects before it looks at its words",
  },
  {
    of: "client.ts",
    replace:
      '  if (word.trim() !== "" && Number.isFinite(number)) return number;',
    with: '  if (word !== "" && Number.isFinite(number)) return number;',
    breaks: [23],
    says: "takes a blank for 0",
  },
  {
    of: "client.ts",
    replace:
      '  if (word.trim() !== "" && Number.isFinite(number)) return number;',
    with: '  if (word.trim() !== "" && !Number.isNaN(number)) return number;',
    breaks: [23],
    says: "takes what is infinite",
  },
  {
    of: "client.ts",
    replace: "    third === undefined\n",
    with: "    true\n",
    breaks: [23],
    says: "ignores words that are too many for repeat",
  },
  {
    of: "client.ts",
    replace: "  sent.isAll = true;\n",
    with:
      '  if (sent.requests === 0) throw new Error("no requests");\n  sent.isAll = true;\n',
    breaks: [16, 19],
    says: "wants a request",
  },
  {
    of: "client.ts",
    replace: "    if (reply === undefined) {\n",
    with:
      "    if (reply === undefined && replies > 0) return { replies, errors };\n    if (reply === undefined) {\n",
    breaks: [22],
    says: "does not mind what comes last",
  },
];
