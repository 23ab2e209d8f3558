/**
 * Mutants of lesson 10's server.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** How the solution gets a client's lines. */
const LINES = "for await (const line of readLines(conn)) {";

/** How the solution takes what a server has left, or does not. */
const REFUSES = `  if (occupant !== "nobody") {
    throw new Error(\`\${path} is taken: \${inWords(occupant)}\`);
  }
`;

/** How it answers a line. */
const ANSWERS =
  "await writeAll(conn, new TextEncoder().encode(`${answer(line)}\\n`));";

/** How it takes the next client. */
const ACCEPTS = `  while (true) {
    const conn = await acceptNext(listener);
`;

/** How it waits for another server's answer. */
const HEARS = 'const { value = "" } = await readLines(conn).next();';

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "server.ts",
    replace: "say.listening(listener);",
    with: 'console.log("ready");',
    breaks: [1],
    says: "prints another ready line",
  },
  {
    of: "server.ts",
    replace: "const { listener, release } = await claimPath(address.path);",
    with:
      'const { listener, release } = await claimPath(address.path.split("/").at(-1) ?? "");',
    breaks: [1],
    says: "looks for a whole path in its own folder",
  },
  {
    of: "server.ts",
    replace: "say.listening(listener);",
    with: "console.log(`listening on ${Deno.cwd()}/else.sock`);",
    breaks: [1],
    says: "names another path",
  },
  {
    of: "server.ts",
    replace: LINES,
    with: `const buffer = new Uint8Array(1024);
  for (let count; (count = await conn.read(buffer)) !== null;) {
    const line = new TextDecoder().decode(buffer.subarray(0, count)).trimEnd();`,
    breaks: [2],
    says: "takes one read for one line",
    told: "one read for one line",
  },
  {
    of: "server.ts",
    replace: LINES,
    with: `const text = async function* () {
    const buffer = new Uint8Array(64 * 1024);
    let rest = "";
    for (let count; (count = await conn.read(buffer)) !== null;) {
      const lines = (rest + new TextDecoder().decode(buffer.subarray(0, count))).split("\\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  };
  for await (const line of text()) {`,
    breaks: [2],
    says: "decodes each part by itself",
    told: "decodes each part by itself",
  },
  {
    of: "server.ts",
    replace: "`${answer(line)}\\n`",
    with: "`${answer(line)}\\r\\n`",
    breaks: [2],
    says: "ends its lines with CR and LF",
  },
  {
    of: "server.ts",
    replace: '/^([^ ]+) (.+)$/s.exec(rest ?? "")',
    with: '/^(\\S+) (\\S+)/.exec(rest ?? "")',
    breaks: [3],
    says: "keeps the first word of a value",
  },
  {
    of: "server.ts",
    replace: "values.set(name, value);",
    with: "values.set(name.toLowerCase(), value);",
    breaks: [3],
    says: "takes names with capitals for those without",
  },
  {
    of: "server.ts",
    replace: "values.get(rest)",
    with: 'values.get(rest.split(" ")[0] ?? "")',
    breaks: [4],
    says: "answers a get with two names",
  },
  {
    of: "server.ts",
    replace: 'command === "list" && isAlone',
    with: 'command === "list"',
    breaks: [7],
    says: "minds no words behind list",
  },
  {
    of: "server.ts",
    replace: "values.set(name, value);",
    with: "values.set(name, value.trim());",
    breaks: [3],
    says: "trims a value",
  },
  {
    of: "server.ts",
    replace: `    values.set(name, value);
    return "ok";`,
    with: `    values.set(name, value);
    return "ok " + value;`,
    breaks: [3],
    says: "answers set with the value",
  },
  {
    of: "server.ts",
    replace: "values.set(name, value);",
    with: "if (!values.has(name)) values.set(name, value);",
    breaks: [4],
    says: "keeps the value that was set first",
  },
  {
    of: "server.ts",
    replace: '"error: no such name"',
    with: '"ok "',
    breaks: [4],
    says: "knows every name",
  },
  {
    of: "server.ts",
    replace: '"error: no such name"',
    with: '"error: no such value"',
    breaks: [4],
    says: "says it in other words",
  },
  {
    of: "server.ts",
    replace: '["ok", ...values.keys()]',
    with: '["ok", ...[...values.keys()].sort()]',
    breaks: [5],
    says: "sorts the names",
  },
  {
    of: "server.ts",
    replace: "values.set(name, value);",
    with: "values.delete(name);\n    values.set(name, value);",
    breaks: [5],
    says: "lists by the last setting",
  },
  {
    of: "server.ts",
    replace: '["ok", ...values.keys()].join(" ")',
    with: '`ok ${[...values.keys()].join(" ")}`',
    breaks: [5],
    says: "has a blank behind ok where there are no names",
  },
  {
    of: "server.ts",
    replace: "`ok ${Deno.pid}`",
    with: "`ok ${Deno.ppid}`",
    breaks: [6],
    says: "tells another process",
  },
  {
    of: "server.ts",
    replace: "`ok ${Deno.pid}`",
    with: "`ok process ${Deno.pid}`",
    breaks: [6],
    says: "tells it with a word",
  },
  {
    of: "server.ts",
    replace:
      'return "error: it is set NAME VALUE, get NAME, list, pid or stop";',
    with: 'return "what?";',
    breaks: [7],
    says: "answers nonsense without error",
  },
  {
    of: "server.ts",
    replace: 'if (line === "stop") stopped.resolve();',
    with:
      'if (line === "stop") stopped.resolve();\n    if (answer(line).startsWith("error: it")) return;',
    breaks: [7],
    says: "hangs up on nonsense",
  },
  {
    of: "server.ts",
    replace:
      'return "error: it is set NAME VALUE, get NAME, list, pid or stop";',
    with: 'throw new Error("what?");',
    breaks: [7],
    says: "ends the conversation on nonsense",
  },
  {
    of: "server.ts",
    replace: "serveClient(conn, answerLines, explainPath);",
    with: "await serveClient(conn, answerLines, explainPath);",
    breaks: [8],
    says: "serves one after the other",
    told: "one client after the other",
  },
  {
    of: "server.ts",
    replace: "async function answerLines(conn: Deno.Conn): Promise<void> {",
    with:
      "async function answerLines(conn: Deno.Conn): Promise<void> {\n  values.clear();",
    breaks: [8],
    says: "forgets for each client",
  },
  {
    of: "server.ts",
    replace: "serveClient(conn, answerLines, explainPath);",
    with:
      "answerLines(conn).catch(() => Deno.exit(1)).finally(() => conn.close());",
    breaks: [9],
    says: "ends when a client breaks off",
  },
  {
    of: "server.ts",
    replace: "serveClient(conn, answerLines, explainPath);",
    with:
      "answerLines(conn).catch(() => listener.close()).finally(() => conn.close());",
    breaks: [9],
    says: "takes no more clients when one has broken off",
  },
  {
    of: "server.ts",
    replace: LINES,
    with: `const text = async function* () {
    const buffer = new Uint8Array(64 * 1024);
    const decoder = new TextDecoder();
    let rest = "";
    for (let count; (count = await conn.read(buffer)) !== null;) {
      const lines = (rest + decoder.decode(buffer.subarray(0, count), { stream: true })).split("\\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
    yield rest;
  };
  for await (const line of text()) {
    if (line === "stop") stopped.resolve();`,
    breaks: [10],
    says: "obeys what has no LF",
  },
  {
    of: "server.ts",
    replace: LINES,
    with: `const text = async function* () {
    const buffer = new Uint8Array(64 * 1024);
    const decoder = new TextDecoder();
    let rest = "";
    for (let count; (count = await conn.read(buffer)) !== null;) {
      const lines = (rest + decoder.decode(buffer.subarray(0, count), { stream: true })).split("\\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
    answer(rest);
  };
  for await (const line of text()) {`,
    breaks: [10],
    says: "sets what has no LF",
  },
  {
    of: "server.ts",
    replace: 'if (line === "stop") stopped.resolve();',
    with: 'if (line === "stop") return;',
    breaks: [11],
    says: "hangs up at stop, and goes on",
  },
  {
    of: "server.ts",
    replace: "await release();",
    with: "await release();\n    Deno.exit(1);",
    breaks: [11],
    says: "ends with exit code 1",
  },
  {
    of: "server.ts",
    replace: 'if (command === "stop" && isAlone) return "ok";',
    with: 'if (command === "stop" && isAlone) return "ok bye";',
    breaks: [11],
    says: "says good-bye",
  },
  {
    of: "server.ts",
    replace: "onCtrlC(release);",
    with:
      "onCtrlC(async () => {\n      await release();\n      Deno.exit(130);\n    });",
    breaks: [12],
    says: "ends with exit code 130",
  },
  {
    of: "server.ts",
    replace: "onCtrlC(release);",
    with: "onCtrlC(() => new Promise(() => {}));",
    breaks: [12],
    says: "does not end with a Ctrl-C",
  },
  {
    of: "server.ts",
    replace: "    onCtrlC(release);\n",
    with: "",
    breaks: [13],
    says: "leaves its path at a Ctrl-C",
    told: "leaves its path",
  },
  {
    of: "server.ts",
    replace: "await release();",
    with: "void release;",
    breaks: [13],
    says: "leaves its path at stop",
    told: "leaves its path",
  },
  {
    of: "claim.ts",
    replace: "Deno.umask(0o177)",
    with: "Deno.umask(0o077)",
    breaks: [14],
    says: "makes it 0700",
  },
  {
    of: "claim.ts",
    replace: "Deno.umask(0o177)",
    with: "Deno.umask(0o022)",
    breaks: [14],
    says: "lets everybody look",
  },
  {
    of: "claim.ts",
    replace: "  const own = Deno.lstatSync(path);",
    with: "  Deno.chmodSync(path, 0o666);\n  const own = Deno.lstatSync(path);",
    breaks: [14],
    says: "opens it for everybody afterwards",
  },
  {
    of: "claim.ts",
    replace: "process ${occupant.pid} answers there",
    with: "process ${Deno.pid} answers there",
    breaks: [15],
    says: "names itself",
  },
  {
    of: "claim.ts",
    replace: "process ${occupant.pid} answers there",
    with: "a process answers there",
    breaks: [15],
    says: "names nobody",
  },
  {
    of: "claim.ts",
    replace: REFUSES,
    with: "",
    breaks: [15, 17],
    says: "asks, and takes it all the same",
    told: "whoever is there",
  },
  {
    of: "occupant.ts",
    replace: 'return "silent"; // the time is up',
    with: 'return "nobody"; // the time is up',
    breaks: [16],
    says: "takes a stopped server for a dead one",
    told: "slow server",
  },
  {
    of: "occupant.ts",
    replace: 'return pid === undefined ? "silent" : { pid };',
    with: 'return pid === undefined ? "nobody" : { pid };',
    breaks: [16],
    says: "takes one that hangs up for a dead one",
  },
  {
    of: "occupant.ts",
    replace: "const ANSWER_MS = 800;",
    with: "const ANSWER_MS = 60_000;",
    breaks: [16],
    says: "waits a minute",
  },
  {
    of: "claim.ts",
    replace: REFUSES,
    with: `  if (occupant !== "nobody") {
    Deno.removeSync(path);
    throw new Error(\`\${path} is taken: \${inWords(occupant)}\`);
  }
`,
    breaks: [17],
    says: "refuses, and removes the path",
    told: "though it is another's",
  },
  {
    of: "claim.ts",
    replace: REFUSES,
    with: `  if (occupant !== "nobody") {
    Deno.chmodSync(path, 0);
    throw new Error(\`\${path} is taken: \${inWords(occupant)}\`);
  }
`,
    breaks: [17],
    says: "refuses, and lets nobody in any more",
  },
  {
    of: "claim.ts",
    replace: "  Deno.removeSync(path);\n}\n\nfunction inWords",
    with: "}\n\nfunction inWords",
    breaks: [18],
    says: "gives up where a path is left",
    told: "because it is there",
  },
  {
    of: "occupant.ts",
    replace:
      "const isFree = error instanceof ConnectionRefused ||\n      error instanceof NotFound; // it has just left",
    with:
      "const isFree = error instanceof NotFound;\n    void ConnectionRefused;",
    breaks: [18],
    says: "takes a refusal for an error",
  },
  {
    of: "claim.ts",
    replace: "if (!info.isSocket) throw",
    with: "if (info.isDirectory) throw",
    breaks: [19],
    says: "removes a file",
    told: "without looking what it is",
  },
  {
    of: "claim.ts",
    replace: "return await Deno.lstat(path);",
    with: "return await Deno.stat(path);",
    breaks: [19],
    says: "follows a link",
    told: "without looking what it is",
  },
  {
    of: "claim.ts",
    replace: "throw new Error(`${path} is taken: it is no socket`);",
    with: 'throw new Error("it is no socket");',
    breaks: [19],
    says: "does not say which",
  },
  {
    of: "claim.ts",
    replace: "  await file.lock(true);\n",
    with: "",
    breaks: [20],
    says: "waits for no lock",
    told: "as if nobody came between",
  },
  {
    of: "claim.ts",
    replace: "  await file.lock(true);\n",
    with: "  await file.lock(false);\n",
    breaks: [20],
    says: "shares the lock",
    told: "as if nobody came between",
  },
  {
    of: "claim.ts",
    replace: "using _lock = await lockBeside(path);",
    with: "(await lockBeside(path)).close();",
    breaks: [20],
    says: "gives the lock back too early",
    told: "as if nobody came between",
  },
  {
    of: "server.ts",
    replace: "const { listener, release } = await claimPath(address.path);",
    with:
      'const { listener, release } = await claimPath(address.path).catch((error) => {\n      throw address.path.length > 20 ? new TypeError("x") : error;\n    });',
    breaks: [21],
    says: "shows a stack trace",
  },
  {
    of: "server.ts",
    replace: "const { listener, release } = await claimPath(address.path);",
    with:
      'const { listener, release } = await claimPath(address.path).catch((error) => {\n      throw error instanceof Deno.errors.NotFound ? new Error("not found") : error;\n    });',
    breaks: [21],
    says: "does not say which path is missing",
  },
  {
    of: "server.ts",
    replace: "say.listening(listener);",
    with:
      'console.log(`listening on ${address.path.split("/").at(-1)}`);\n    void say;',
    breaks: [1],
    says: "prints the last part of its path",
  },
  {
    of: "server.ts",
    replace: "const { listener, release } = await claimPath(address.path);",
    with:
      "console.log(`listening on ${address.path}`);\n    await new Promise((resolve) => setTimeout(resolve, 500));\n    const { listener, release } = await claimPath(address.path);",
    breaks: [1],
    says: "is ready before it listens",
  },
  {
    of: "server.ts",
    replace: "serveClient(conn, answerLines, explainPath);",
    with: `let rest = "";
    conn.readable.pipeThrough(new TextDecoderStream("utf-8", { ignoreBOM: true }))
      .pipeThrough(
        new TransformStream<string, string>({
          transform(text, controller) {
            const lines = (rest + text).split("\\n");
            rest = lines.pop() ?? "";
            for (const line of lines) controller.enqueue(\`\${answer(line)}\\n\`);
          },
        }),
      ).pipeThrough(new TextEncoderStream()).pipeTo(conn.writable)
      .catch(() => {});`,
    breaks: [2],
    says: "reads from a stream that closes its connection at the end",
  },
  {
    of: "server.ts",
    replace: "await writeAll(conn, ",
    with: "await conn.write(",
    breaks: [2],
    says: "writes once",
  },
  {
    of: "server.ts",
    replace: ANSWERS,
    with:
      "writeAll(conn, new TextEncoder().encode(`${answer(line)}\\n`)).catch(() => {});",
    breaks: [2],
    says: "does not wait for its writes",
  },
  {
    of: "server.ts",
    replace: "readLines(conn)",
    with: "readLines(conn, 1000)",
    breaks: [2, 3],
    says: "takes short lines only",
  },
  {
    of: "server.ts",
    replace: "value !== undefined) {",
    with: 'value !== undefined && value.trim() !== "") {',
    breaks: [3],
    says: "takes no blank for a value",
  },
  {
    of: "server.ts",
    replace: '/^([^ ]+) (.+)$/s.exec(rest ?? "")',
    with: '/^([^ ]+) (.+)$/.exec(rest ?? "")',
    breaks: [3],
    says: "takes no value with another line separator",
  },
  {
    of: "server.ts",
    replace: '/^([^ ]+) (.+)$/s.exec(rest ?? "")',
    with: '/^([^ ]*) (.+)$/s.exec(rest ?? "")',
    breaks: [7],
    says: "takes an empty name",
  },
  {
    of: "server.ts",
    replace: '["ok", ...values.keys()]',
    with: '["ok", ...[...values.keys()].slice(0, 100)]',
    breaks: [5],
    says: "lists a hundred names at most",
  },
  {
    of: "server.ts",
    replace: 'if (line === "stop") stopped.resolve();',
    with: 'if (line.startsWith("stop")) stopped.resolve();',
    breaks: [7],
    says: "ends when a line begins with stop",
  },
  {
    of: "server.ts",
    replace: "answer(line)}",
    with: 'answer(line.replace(/^(list|pid|stop|get \\S+) $/, "$1"))}',
    breaks: [7],
    says: "does not mind a blank at the end",
  },
  {
    of: "server.ts",
    replace: "answer(line)}",
    with: "answer(line.replace(/^\\w+/, (word) => word.toLowerCase()))}",
    breaks: [7],
    says: "does not mind capitals",
  },
  {
    of: "server.ts",
    replace: "function answer(line: string): string {",
    with:
      "function answer(line: string): string {\n  const table: Record<string, () => string> = {};\n  if (table[line]) return String(table[line]);",
    breaks: [7],
    says: "looks a line up in an object",
  },
  {
    of: "server.ts",
    replace: ACCEPTS,
    with: `  let served = 0;
${ACCEPTS}    if (++served > 2) continue;
`,
    breaks: [8],
    says: "serves two at most",
  },
  {
    of: "server.ts",
    replace: ACCEPTS,
    with: `  let served = 0;
${ACCEPTS}    if (++served > 8) continue;
`,
    breaks: [8],
    says: "serves eight at most",
  },
  {
    of: "server.ts",
    replace: ACCEPTS,
    with: `  let last: Promise<unknown> = Promise.resolve();
${ACCEPTS}    const write = conn.write.bind(conn);
    conn.write = (bytes) => {
      const own = last.then(() => write(bytes));
      last = own.catch(() => {});
      return own;
    };
`,
    breaks: [8],
    says: "writes to one client after the other",
  },
  {
    of: "server.ts",
    replace: "serveClient(conn, answerLines, explainPath);",
    with:
      'serveClient(conn, answerLines, (error) => {\n      const line = explainPath(error, "a client");\n      return line?.includes("longer than") ? undefined : line;\n    });',
    breaks: [9],
    says: "dies of a long line",
  },
  {
    of: "server.ts",
    replace: LINES,
    with: `let isFirst = true;
  ${LINES}
    if (line === "stop" && !isFirst) {
      await writeAll(conn, new TextEncoder().encode("ok\\n"));
      continue;
    }
    isFirst = false;`,
    breaks: [11],
    says: "obeys stop as a first line only",
  },
  {
    of: "claim.ts",
    replace: `  const before = Deno.umask(0o177);
  let listener: Deno.UnixListener;
  try {
    listener = Deno.listen({ transport: "unix", path });
  } finally {
    Deno.umask(before);
  }
`,
    with: `  const listener = Deno.listen({ transport: "unix", path });
  Deno.chmodSync(path, 0o600);
`,
    breaks: [14],
    says: "narrows the rights at once, and afterwards",
    told: "narrows the rights afterwards",
  },
  {
    of: "claim.ts",
    replace: `  await clear(path);

  // What is made now is for its owner alone, from its first moment.
  const before = Deno.umask(0o177);
  let listener: Deno.UnixListener;
  try {
    listener = Deno.listen({ transport: "unix", path });
  } finally {
    Deno.umask(before);
  }
`,
    with: `  const isLeft = await lookAt(path) !== undefined;
  await clear(path);
  const before = Deno.umask(isLeft ? 0o022 : 0o177);
  const listener = Deno.listen({ transport: "unix", path });
  Deno.umask(before);
  await Deno.chmod(path, 0o600);
`,
    breaks: [14],
    says: "narrows the rights afterwards where a path was left",
    told: "narrows the rights afterwards",
  },
  {
    of: "claim.ts",
    replace: "${path} is taken: ${inWords(occupant)}",
    with: "${Deno.cwd()}/${path} is taken: ${inWords(occupant)}",
    breaks: [15],
    says: "names the whole path",
  },
  {
    of: "claim.ts",
    replace: "${path} is taken: ${inWords(occupant)}",
    with: "cannot listen: ${path} is taken: ${inWords(occupant)}",
    breaks: [15],
    says: "says more than it should",
  },
  {
    of: "occupant.ts",
    replace: HEARS,
    with: `const buffer = new Uint8Array(1024);
    const count = await conn.read(buffer) ?? 0;
    const value = new TextDecoder().decode(buffer.subarray(0, count)).trim();`,
    breaks: [15],
    says: "takes one read for the other one's answer",
  },
  {
    of: "occupant.ts",
    replace: 'if (isSomebody(error)) return "silent";',
    with: 'if (isSomebody(error)) return "nobody";',
    breaks: [16],
    says: "takes a full queue for a dead server",
  },
  {
    of: "occupant.ts",
    replace: HEARS,
    with: `clearTimeout(timer);
    let text = "";
    const buffer = new Uint8Array(1024);
    while (!text.includes("\\n")) {
      const each = setTimeout(close, ANSWER_MS);
      const count = await conn.read(buffer);
      clearTimeout(each);
      if (count === null) break;
      text += new TextDecoder().decode(buffer.subarray(0, count));
    }
    const value = text.includes("\\n") ? text.slice(0, -1) : "";`,
    breaks: [16],
    says: "waits a second for each read",
  },
  {
    of: "occupant.ts",
    replace: HEARS,
    with: `let value = "";
    const buffer = new Uint8Array(1024);
    for (let count; !value.includes("\\n") && (count = await conn.read(buffer)) !== null;) {
      value += new TextDecoder().decode(buffer.subarray(0, count));
    }
    value = value.trim();`,
    breaks: [16],
    says: "names a process whose answer did not end",
  },
  {
    of: "occupant.ts",
    replace: 'return pid === undefined ? "silent" : { pid };',
    with:
      'if (value.startsWith("error")) Deno.exit(9);\n    return pid === undefined ? "silent" : { pid };',
    breaks: [16],
    says: "ends without a word where it is answered with an error",
  },
  {
    of: "occupant.ts",
    replace: 'return pid === undefined ? "silent" : { pid };',
    with:
      'if (pid === undefined) await writeAll(conn, new TextEncoder().encode("stop\\n"));\n    return pid === undefined ? "silent" : { pid };',
    breaks: [17],
    says: "tells a strange server to stop",
  },
  {
    of: "claim.ts",
    replace: "if (!info.isSocket) throw",
    with: "if (!info.isSocket && !info.isFifo) throw",
    breaks: [19],
    says: "removes a named pipe",
    told: "without looking what it is",
  },
  {
    of: "claim.ts",
    replace: "if (!info.isSocket) throw",
    with:
      'if (info.isFile) {\n    Deno.writeTextFileSync(path, "");\n    Deno.utimeSync(path, info.atime ?? 0, info.mtime ?? 0);\n  }\n  if (!info.isSocket) throw',
    breaks: [19],
    says: "empties a file",
  },
  {
    of: "claim.ts",
    replace: "using _lock = await lockBeside(path);",
    with: "using _lock = await lookAt(path) && await lockBeside(path);",
    breaks: [20],
    says: "takes the lock only where something stands",
  },
  {
    of: "claim.ts",
    replace: "  await clear(path);\n",
    with: "  await clear(path);\n  _lock.close();\n",
    breaks: [20],
    says: "gives the lock back before it listens",
  },
  {
    of: "server.ts",
    replace: "const { listener, release } = await claimPath(address.path);",
    with:
      'const { listener, release } = await claimPath(address.path).catch((error) => {\n      throw error instanceof Deno.errors.NotADirectory ? new TypeError("x") : error;\n    });',
    breaks: [21],
    says: "shows a stack trace where its folder is a file",
  },
  {
    of: "server.ts",
    replace: 'value === undefined ? "error: no such name"',
    with: 'value === undefined || value === "0" ? "error: no such name"',
    breaks: [4],
    says: "takes 0 for nothing",
  },
];
