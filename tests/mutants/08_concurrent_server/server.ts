/**
 * Mutants of lesson 08's server.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "room.ts",
    replace: "`${text}\\n`",
    with: "`${text}\\r\\n`",
    breaks: [1],
    says: "ends its lines with CR and LF",
  },
  {
    of: "room.ts",
    replace: "`${text}\\n`",
    with: "text",
    breaks: [1],
    says: "sends no LF",
  },
  {
    of: "server.ts",
    replace: "const lines = readLines(conn);",
    with: `const lines = (async function* () {
    const buffer = new Uint8Array(64 * 1024);
    const decoder = new TextDecoder();
    let rest = "";
    for (let count; (count = await conn.read(buffer)) !== null;) {
      rest += decoder.decode(buffer.subarray(0, count), { stream: true });
      const parts = rest.split("\\n");
      rest = parts.pop() ?? "";
      yield* parts;
    }
  })();`,
    breaks: [2],
    says: "keeps the CR",
  },
  {
    of: "server.ts",
    replace: "const lines = readLines(conn);",
    with: `const lines = (async function* () {
    const buffer = new Uint8Array(64 * 1024);
    const decoder = new TextDecoder();
    let rest = "";
    for (let count; (count = await conn.read(buffer)) !== null;) {
      rest += decoder.decode(buffer.subarray(0, count), { stream: true });
      const parts = rest.split(/\\r*\\n/);
      rest = parts.pop() ?? "";
      yield* parts;
    }
  })();`,
    breaks: [2],
    says: "strips several CR",
  },
  {
    of: "server.ts",
    replace: "const lines = readLines(conn);",
    with: `const lines = (async function* () {
    const buffer = new Uint8Array(64 * 1024);
    for (let count; (count = await conn.read(buffer)) !== null;) {
      yield new TextDecoder().decode(buffer.subarray(0, count)).trimEnd();
    }
  })();`,
    breaks: [3],
    says: "takes one read for one line",
  },
  {
    of: "server.ts",
    replace: "const lines = readLines(conn);",
    with: `const lines = (async function* () {
    const buffer = new Uint8Array(64 * 1024);
    const decoder = new TextDecoder();
    let rest = "";
    for (let count; (count = await conn.read(buffer)) !== null;) {
      rest += new TextDecoder().decode(buffer.subarray(0, count));
      const parts = rest.split(/\\r?\\n/);
      rest = parts.pop() ?? "";
      yield* parts;
    }
  })();`,
    breaks: [3],
    says: "decodes each chunk",
    told: "decodes each part by itself",
  },
  {
    of: "server.ts",
    replace: "serveClient(conn, isFull",
    with: "await serveClient(conn, isFull",
    breaks: [4],
    says: "serves one client after the other",
    told: "one client after the other",
  },
  {
    of: "server.ts",
    replace: 'outbox.put(lineOf("welcome! what is your name?"));',
    with: 'outbox.put(lineOf("welcome! what is your name"));',
    breaks: [4],
    says: "asks in other words",
  },
  {
    of: "server.ts",
    replace: 'outbox.put(lineOf("welcome! what is your name?"));',
    with: `outbox.put(lineOf("welcome! what is your name?"));
  if (outboxes.size > 1) outbox.put(lineOf("there are others"));`,
    breaks: [4],
    says: "says more than it should",
  },
  {
    of: "server.ts",
    replace: "{1,16}",
    with: "{1,17}",
    breaks: [5],
    says: "takes a name of 17 letters",
  },
  {
    of: "server.ts",
    replace: "{1,16}",
    with: "{0,16}",
    breaks: [5],
    says: "takes the empty name",
  },
  {
    of: "server.ts",
    replace: "[A-Za-z0-9]{1,16}$",
    with: "\\w{1,16}$",
    breaks: [5],
    says: "takes an underscore",
  },
  {
    of: "server.ts",
    replace: "[A-Za-z0-9]{1,16}$",
    with: "[\\p{L}\\d]{1,16}$",
    breaks: [5],
    says: "leaves a flag out",
  },
  {
    of: "server.ts",
    replace: "[A-Za-z0-9]{1,16}$/",
    with: "[A-Za-z0-9]{1,16}/",
    breaks: [5],
    says: "looks at the beginning of a name only",
  },
  {
    of: "server.ts",
    replace:
      'return await refuse(outbox, "a name is 1 to 16 letters and digits");',
    with: `await refuse(outbox, "a name is 1 to 16 letters and digits");
    await new Promise(() => {});`,
    breaks: [5],
    says: "refuses a name and keeps the connection",
  },
  {
    of: "server.ts",
    replace: "`error: ${reason}`",
    with: "reason",
    breaks: [5, 15, 18],
    says: "leaves the word error out",
  },
  {
    of: "room.ts",
    replace: "const names = [...this.#guests.values()]",
    with: "const names = [...this.#guests.values()].reverse()",
    breaks: [6],
    says: "lists who came last first",
  },
  {
    of: "room.ts",
    replace: "const names = [...this.#guests.values()]",
    with: "const names = [...this.#guests.values(), guest]",
    breaks: [6],
    says: "lists the newcomer too",
  },
  {
    of: "room.ts",
    replace: "const names = [...this.#guests.values()]",
    with: "const names = [...this.#guests.values()].slice(-2)",
    breaks: [6],
    says: "lists two",
  },
  {
    of: "room.ts",
    replace: 'guest.hear(lineOf(`* in the room: ${names.join(", ")}`));',
    with: `if (names.length > 0) {
      guest.hear(lineOf(\`* in the room: \${names.join(", ")}\`));
    }`,
    breaks: [6],
    says: "says nothing in an empty room",
  },
  {
    of: "room.ts",
    replace: "    this.tell(`* ${guest.name} has come`);\n",
    with: "",
    breaks: [7],
    says: "tells nobody who has come",
  },
  {
    of: "room.ts",
    replace: "`* ${guest.name} has come`",
    with: "`* ${guest.name} is here`",
    breaks: [7],
    says: "tells in other words who has come",
  },
  {
    of: "server.ts",
    replace: "`[${guest.name}] ${text}`, guest",
    with: "`[${guest.name}] ${text.trim()}`, guest",
    breaks: [8],
    says: "trims what is said",
  },
  {
    of: "server.ts",
    replace: "for await (const text of lines) room",
    with: 'for await (const text of lines) if (text !== "") room',
    breaks: [8],
    says: "does not pass empty lines on",
  },
  {
    of: "room.ts",
    replace: "const slow = [...this.#guests.values()].filter(",
    with: "const slow = [...this.#guests.values()].slice(0, 20).filter(",
    breaks: [8],
    says: "tells the first twenty",
  },
  {
    of: "server.ts",
    replace: "`[${guest.name}] ${text}`, guest",
    with: "`[${guest.name}] ${text}`",
    breaks: [9],
    says: "sends a line back",
    told: "sends a line back",
  },
  {
    of: "room.ts",
    replace: "guest !== from &&",
    with: "guest.name !== from?.name.toUpperCase() &&",
    breaks: [9],
    says: "looks for who said it by the wrong name",
    told: "sends a line back",
  },
  {
    of: "server.ts",
    replace: "const hear = (line: Uint8Array) => outbox.put(line);",
    with: `const hear = (line: Uint8Array) => {
    setTimeout(() => outbox.put(line), 5 * Math.random());
    return true;
  };`,
    breaks: [10],
    says: "lets each guest hear in an order of its own",
  },
  {
    of: "outbox.ts",
    replace: "this.#waiting.splice(0)",
    with: "this.#waiting.splice(0).reverse()",
    breaks: [10],
    says: "writes last what came first",
  },
  {
    of: "server.ts",
    replace: "    room.leave(guest);\n",
    with: "",
    breaks: [11],
    says: "tells nobody who has left",
  },
  {
    of: "server.ts",
    replace: "passOn(lines, guest),",
    with: "passOn(lines, guest).catch(() => new Promise<void>(() => {})),",
    breaks: [11],
    says: "does not notice who breaks off",
  },
  {
    of: "server.ts",
    replace: "    room.leave(guest);\n",
    with: "    room.leave(guest);\n    await new Promise(() => {});\n",
    breaks: [11],
    says: "does not close when a client has left",
  },
  {
    of: "room.ts",
    replace: "`* ${guest.name} has left${why}`",
    with: "`* ${guest.name.toUpperCase()} has left${why}`",
    breaks: [11],
    says: "tells in capitals who has left",
  },
  {
    of: "server.ts",
    replace: "const lines = readLines(conn);",
    with: `const lines = (async function* () {
    const buffer = new Uint8Array(64 * 1024);
    const decoder = new TextDecoder();
    let rest = "";
    for (let count; (count = await conn.read(buffer)) !== null;) {
      rest += decoder.decode(buffer.subarray(0, count), { stream: true });
      const parts = rest.split(/\\r?\\n/);
      rest = parts.pop() ?? "";
      yield* parts;
    }
    if (rest !== "") yield rest;
  })();`,
    breaks: [12],
    says: "takes what has no LF for a line",
  },
  {
    of: "server.ts",
    replace: "const lines = readLines(conn);",
    with: `const lines = (async function* () {
    const buffer = new Uint8Array(64 * 1024);
    const decoder = new TextDecoder();
    let rest = "";
    for (let count; (count = await conn.read(buffer)) !== null;) {
      rest += decoder.decode(buffer.subarray(0, count), { stream: true });
      const parts = rest.split(/\\r?\\n/);
      rest = parts.pop() ?? "";
      yield* parts;
    }
    yield rest;
  })();`,
    breaks: [12],
    says: "says something more at the end",
  },
  {
    of: "server.ts",
    replace: 'outbox.put(lineOf("welcome! what is your name?"));',
    with: `outbox.put(lineOf("welcome! what is your name?"));
  room.tell("* somebody has come");`,
    breaks: [13],
    says: "tells that somebody has come who has no name",
  },
  {
    of: "server.ts",
    replace: "if (done) return; //",
    with: 'if (done) return room.tell("* somebody has left"); //',
    breaks: [13],
    says: "tells that somebody has left who had no name",
  },
  {
    of: "server.ts",
    replace: 'return await refuse(outbox, "a name is',
    with: `room.tell("* somebody was refused");
    return await refuse(outbox, "a name is`,
    breaks: [13],
    says: "tells who was refused",
  },
  {
    of: "server.ts",
    replace: "if (room.has(name)) return",
    with: 'if (room.has(name) && name === "") return',
    breaks: [14],
    says: "takes any name twice",
  },
  {
    of: "room.ts",
    replace: "return this.#guests.has(name.toLowerCase());",
    with:
      "return [...this.#guests.values()].some((guest) => guest.name === name);",
    breaks: [14],
    says: "tells small letters from large ones",
  },
  {
    of: "server.ts",
    replace: "  room.enter(guest);\n",
    with:
      "  await new Promise((resolve) => setTimeout(resolve, 0));\n  room.enter(guest);\n",
    breaks: [14],
    says: "waits between the look and the taking",
    told: "looks whether a name is free",
  },
  {
    of: "room.ts",
    replace: "this.#guests.delete(key);",
    with: "this.#guests.delete(guest.name);",
    breaks: [14],
    says: "keeps the name of who has left",
  },
  {
    of: "server.ts",
    replace: "const lines = readLines(conn);",
    with: "const lines = readLines(conn, 8192);",
    breaks: [15],
    says: "takes 8 KiB for a line",
  },
  {
    of: "server.ts",
    replace: "const lines = readLines(conn);",
    with: "const lines = readLines(conn, 4097);",
    breaks: [15],
    says: "takes a byte more",
  },
  {
    of: "server.ts",
    replace: "const lines = readLines(conn);",
    with: "const lines = readLines(conn, 4095);",
    breaks: [15],
    says: "takes a byte less",
  },
  {
    of: "server.ts",
    replace: "const lines = readLines(conn);",
    with: `const lines = (async function* () {
    const buffer = new Uint8Array(64 * 1024);
    const decoder = new TextDecoder();
    let rest = "";
    for (let count; (count = await conn.read(buffer)) !== null;) {
      rest += decoder.decode(buffer.subarray(0, count), { stream: true });
      const parts = rest.split(/\\r?\\n/);
      rest = parts.pop() ?? "";
      yield* parts;
    }
  })();`,
    breaks: [15],
    says: "has no limit for a line",
  },
  {
    of: "server.ts",
    replace: "    await refuse(outbox, error.message);\n",
    with:
      "    await refuse(outbox, error.message);\n    await new Promise(() => {});\n",
    breaks: [15],
    says: "keeps the connection of who has said too much",
  },
  {
    of: "server.ts",
    replace: "if (!(error instanceof LineTooLongError)) throw error;",
    with: "throw error;",
    breaks: [15],
    says: "closes without a word",
  },
  {
    of: "server.ts",
    replace: "const MOST_WAITING = 256 * 1024;",
    with: "const MOST_WAITING = 256 * 1024 * 1024;",
    breaks: [16],
    says: "keeps 256 MiB",
    told: "keeps all that a member does not read",
  },
  {
    of: "room.ts",
    replace: 'this.leave(guest, " (too slow)");',
    with: "this.leave(guest);",
    breaks: [16],
    says: "does not say why it lets somebody go",
  },
  {
    of: "outbox.ts",
    replace: "> this.#most) return false;",
    with: "> this.#most) return true;",
    breaks: [16],
    says: "forgets what there is no room for",
  },
  {
    of: "room.ts",
    replace: '      this.leave(guest, " (too slow)");\n      guest.letGo();\n',
    with:
      "      this.#guests.delete(guest.name.toLowerCase());\n      guest.letGo();\n",
    breaks: [16],
    says: "tells nobody who was let go",
  },
  {
    of: "server.ts",
    replace:
      "for await (const text of lines) room.tell(`[${guest.name}] ${text}`, guest);",
    with: `for await (const text of lines) {
    room.tell(\`[\${guest.name}] \${text}\`, guest);
    await Promise.all([...outboxes].map((outbox) => outbox.flush()));
  }`,
    breaks: [17],
    says: "waits until all have taken a line",
    told: "waits until each member has taken a line",
  },
  {
    of: "server.ts",
    replace:
      "for await (const text of lines) room.tell(`[${guest.name}] ${text}`, guest);",
    with: `for await (const text of lines) {
    for (const outbox of outboxes) await outbox.flush();
    room.tell(\`[\${guest.name}] \${text}\`, guest);
  }`,
    breaks: [17],
    says: "waits until all have taken the line before",
    told: "waits until each member has taken a line",
  },
  {
    of: "server.ts",
    replace: "outboxes.size >= max",
    with: "outboxes.size > max",
    breaks: [18],
    says: "lets one too many in",
  },
  {
    of: "server.ts",
    replace: 'flag("max") ?? "100"',
    with: '"100"',
    breaks: [18],
    says: "does not listen to --max",
  },
  {
    of: "server.ts",
    replace: "most: 1000 }",
    with: "most: 10_000 }",
    breaks: [18],
    says: "takes a --max that is too large",
  },
  {
    of: "server.ts",
    replace: '"the room is full"',
    with: '"no room"',
    breaks: [18],
    says: "turns away in other words",
  },
  {
    of: "server.ts",
    replace:
      'await refuse(new Outbox(conn, MOST_WAITING), "the room is full");',
    with: `await refuse(new Outbox(conn, MOST_WAITING), "the room is full");
  await new Promise(() => {});`,
    breaks: [18],
    says: "turns away and keeps the connection",
  },
  {
    of: "server.ts",
    replace: '  room.tell("* the room closes");\n',
    with: "",
    breaks: [19],
    says: "closes without a word",
  },
  {
    of: "server.ts",
    replace: "  await Promise.race([flushed, isOver]);",
    with: `  await Promise.race([flushed, isOver]);
  Deno.exit(1);`,
    breaks: [19],
    says: "ends with exit code 1",
  },
  {
    of: "server.ts",
    replace: "  if (done) return; // nobody ever heard of it",
    with:
      "  if (done) return void outboxes.add(new Outbox(conn, 0)); // its place stays taken",
    breaks: [18],
    says: "counts who has gone without a name",
  },
  {
    of: "server.ts",
    replace:
      '    return await refuse(outbox, "a name is 1 to 16 letters and digits");',
    with:
      '    outboxes.add(new Outbox(conn, 0));\n    return await refuse(outbox, "a name is 1 to 16 letters and digits");',
    breaks: [18],
    says: "counts who was refused",
  },
  {
    of: "server.ts",
    replace: 'flag("max") ?? "100"',
    with: 'flag("max") ?? "60"',
    breaks: [18],
    says: "takes 60 clients",
  },
  {
    of: "server.ts",
    replace: 'flag("max") ?? "100"',
    with: 'flag("max") ?? "1000"',
    breaks: [18],
    says: "takes 1000 clients",
  },
  {
    of: "room.ts",
    replace: "      guest.letGo();\n",
    with: "",
    breaks: [16],
    says: "lets nobody go who is too slow",
  },
  {
    of: "room.ts",
    replace: "    for (const guest of slow) {",
    with:
      "    for (const guest of slow) {\n      if (this.#guests.size < 4) continue;",
    breaks: [16],
    says: "lets nobody go where few are in the room",
  },
  {
    of: "server.ts",
    replace: "/^[A-Za-z0-9]{1,16}$/.test(name)",
    with: "/^[A-Za-z0-9]{1,16}\\r?$/.test(name)",
    breaks: [5],
    says: "takes a CR for a part of a name",
  },
  {
    of: "server.ts",
    replace: "/^[A-Za-z0-9]{1,16}$/.test(name)",
    with: "/^[a-z0-9]{1,16}$/iu.test(name)",
    breaks: [5],
    says: "takes signs that have a letter for their small one",
  },
  {
    of: "server.ts",
    replace: "/^[A-Za-z0-9]{1,16}$/.test(name)",
    with: "/^[A-Za-z][A-Za-z0-9]{0,15}$/.test(name)",
    breaks: [5],
    says: "wants a letter first",
  },
  {
    of: "room.ts",
    replace: "    this.tell(`* ${guest.name} has left${why}`);",
    with: "    this.tell(`* ${guest.name.slice(0, 8)} has left${why}`);",
    breaks: [11],
    says: "cuts the names of those who leave",
  },
  {
    of: "server.ts",
    replace: "  await Promise.race([flushed, isOver]);",
    with: "  await flushed;",
    breaks: [19],
    says: "waits for who does not read when it ends",
  },
  {
    of: "server.ts",
    replace:
      "  for await (const text of lines) room.tell(`[${guest.name}] ${text}`, guest);",
    with:
      '  for await (const text of lines) {\n    room.tell(`[${guest.name}] TEXT`.replace("TEXT", text), guest);\n  }',
    breaks: [8],
    says: "changes $& in a text",
  },
  {
    of: "server.ts",
    replace:
      "  for await (const text of lines) room.tell(`[${guest.name}] ${text}`, guest);",
    with:
      '  for await (const text of lines) {\n    if (text.startsWith("/quit")) return;\n    room.tell(`[${guest.name}] ${text}`, guest);\n  }',
    breaks: [8],
    says: "knows commands",
  },
  {
    of: "server.ts",
    replace:
      "  for await (const text of lines) room.tell(`[${guest.name}] ${text}`, guest);",
    with:
      '  for await (const text of lines) {\n    if (text.startsWith("* ")) continue;\n    room.tell(`[${guest.name}] ${text}`, guest);\n  }',
    breaks: [8],
    says: "swallows lines that look like its own",
  },
  {
    of: "server.ts",
    replace:
      "  for await (const text of lines) room.tell(`[${guest.name}] ${text}`, guest);",
    with:
      "  for await (const text of lines) {\n    room.tell(`[${guest.name}] ${text.normalize()}`, guest);\n  }",
    breaks: [8],
    says: "normalises texts",
  },
  {
    of: "server.ts",
    replace:
      "  for await (const text of lines) room.tell(`[${guest.name}] ${text}`, guest);",
    with:
      '  for await (const text of lines) {\n    room.tell(`[${guest.name}] ${text.replaceAll("\\0", "")}`, guest);\n  }',
    breaks: [8],
    says: "eats zeros",
  },
  {
    of: "server.ts",
    replace: "/^[A-Za-z0-9]{1,16}$/.test(name)",
    with: "/^ *[A-Za-z0-9]{1,16} *$/.test(name)",
    breaks: [5],
    says: "takes names with blanks around",
  },
  {
    of: "room.ts",
    replace: "    this.#guests.set(guest.name.toLowerCase(), guest);",
    with:
      "    this.#guests.set(guest.name.toLowerCase(), guest);\n    if (this.#guests.size > 60) this.leave(guest);",
    breaks: [6, 18],
    says: "has room for 60",
  },
];
