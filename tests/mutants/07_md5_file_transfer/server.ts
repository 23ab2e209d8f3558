/**
 * Mutants of lesson 07's server.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** How the solution receives a file. */
const RECEIVE =
  "return { ok: true, ...await receiveFile(body, folder, incoming) };";

/** A path that no client can name, and no list shows. */
const HIDDEN =
  '`${folder}/${(await import("@lessons/07_md5_file_transfer/file_name.ts")).temporaryName()}`';

/** Gives the file its name when it is whole, and else removes it. */
const KEEP =
  'if (came < size || found !== md5) {\n    await Deno.remove(part);\n    throw new TransferError("not whole");\n  }\n  await Deno.rename(part, `${folder}/${name}`);';

/** Receives a file by hand. @param part The path of what is not whole yet. @param keep What is done when all has come. */
function byHand(part: string, keep: string): string {
  return `{
  const { name, size, md5 } = incoming;
  const { createHash } = await import("node:crypto");
  const hash = createHash("md5");
  const part = ${part};
  let came = 0;
  {
    using file = await Deno.open(part, { write: true, create: true, truncate: true });
    const buffer = new Uint8Array(65536);
    while (came < size) {
      const count = await body.read(buffer.subarray(0, size - came));
      if (count === null) break;
      hash.update(buffer.subarray(0, count));
      await writeAll(file, buffer.subarray(0, count));
      came += count;
    }
  }
  const found = hash.digest("hex");
  ${keep}
  return { ok: true, name, md5: found, bytes: came };
  }`;
}

/** Receives a file well, under a name that is free, and then gives it its own, whatever that is. */
const RENAMED = `const free = crypto.randomUUID();
  const { md5: found, bytes } = await receiveFile(body, folder, { ...incoming, name: free });
  await Deno.rename(\`\${folder}/\${free}\`, \`\${folder}/\${incoming.name}\`);
  return { ok: true, name: incoming.name, md5: found, bytes };`;

/** How the solution looks at what is announced. */
const CHECK =
  `  const incoming = checkIncoming({ name, size, md5: md5 ?? null }); // here an MD5 is a must
  ${RECEIVE}`;

/** Takes an announcement for what it says. @param incoming How its facts are taken. */
function trusting(incoming: string): string {
  return `  const incoming = ${incoming};\n  ${RENAMED}`;
}

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
    replace: "say.listening(listener);",
    with: "console.log(`listening at 127.0.0.1:${listener.addr.port}`);",
    breaks: [1],
    says: "prints another ready line",
  },
  {
    of: "server.ts",
    replace: 'flag("dir") ?? "store"',
    with: '"store"',
    breaks: [2],
    says: "ignores --dir",
  },
  {
    of: "server.ts",
    replace: 'flag("dir") ?? "store"',
    with: 'flag("dir") ?? "files"',
    breaks: [2, 3],
    says: "has another folder where it is told none",
  },
  {
    of: "server.ts",
    replace: "await prepareFolder(folder);",
    with: "await prepareFolder(folder).catch(() => {});",
    breaks: [2],
    says: "listens although its folder is a file",
  },
  {
    of: "server.ts",
    replace: "await prepareFolder(folder);",
    with: "await Deno.stat(folder);",
    breaks: [2, 3],
    says: "does not make its folder",
  },
  {
    of: "server.ts",
    replace: RECEIVE,
    with:
      "const received = await receiveFile(body, folder, incoming);\n  return { ok: true, ...received, bytes: `${received.bytes}` };",
    breaks: [3],
    says: "gives the size of a receipt as a text",
  },
  {
    of: "server.ts",
    replace: "if (stored === undefined) return await writeAll(conn, head);",
    with:
      "if (stored === undefined) {\n    await writeAll(conn, head);\n    if (message.bytes !== undefined) await writeAll(conn, head);\n    return;\n  }",
    breaks: [3],
    says: "gives two receipts",
  },
  {
    of: "server.ts",
    replace: RECEIVE,
    with:
      "const received = await receiveFile(body, folder, incoming);\n  while (await body.read(new Uint8Array(1024)) !== null);\n  return { ok: true, ...received };",
    breaks: [3],
    says: "reads to the end",
    told: "reads to the end of the stream instead of",
  },
  {
    of: "server.ts",
    replace: "message: await put(request, reader, folder)",
    with: "message: await put(request, new FrameReader(conn), folder)",
    breaks: [3],
    says: "reads the body with a second reader",
    told: "loses what came together with the header",
  },
  {
    of: "store.ts",
    replace: '  throw new TransferError(`there is no file "${name}"`);',
    with:
      '  const path2 = await Deno.makeTempFile({ dir: folder, prefix: "empty" });\n  const outgoing = await openFile(path2);\n  await Deno.remove(path2);\n  return outgoing;',
    breaks: [4],
    says: "gives an empty file for one that is not there",
  },
  {
    of: "server.ts",
    replace: "  await sendFile(conn, head, outgoing);",
    with:
      "  await sendFile(conn, head, outgoing);\n  await conn.write(new Uint8Array(1));",
    breaks: [4],
    says: "sends a zero behind a file",
  },
  {
    of: "server.ts",
    replace: "message: { ok: true, name, size, md5 }, stored",
    with: "message: { ok: true, name, size: size + 1, md5 }, stored",
    breaks: [4],
    says: "announces a byte too many",
  },
  {
    of: "store.ts",
    replace: "return files.sort((a, b) => a.name < b.name ? -1 : 1);",
    with: "return files;",
    breaks: [5],
    says: "does not sort its list",
  },
  {
    of: "store.ts",
    replace: "a.name < b.name ? -1 : 1",
    with: "a.name.localeCompare(b.name)",
    breaks: [5],
    says: "sorts as a dictionary does",
  },
  {
    of: "store.ts",
    replace: "if (!isFile || !isAllowed(name)) continue;",
    with: "if (!isAllowed(name)) continue;",
    breaks: [5],
    says: "lists folders",
  },
  {
    of: "store.ts",
    replace: "if (!isFile || !isAllowed(name)) continue;",
    with: "if (!isFile) continue;",
    breaks: [5],
    says: "lists what nobody can get",
  },
  {
    of: "server.ts",
    replace: "await acceptNext(listener)",
    with: "await listener.accept()",
    breaks: [6],
    says: "does not mind what accept() throws",
  },
  {
    of: "server.ts",
    replace: "serveClient(conn, (conn) => serve(conn, folder), whyFailed);",
    with: "serve(conn, folder).finally(() => conn.close());",
    breaks: [6],
    says: "dies of a client that broke off",
  },
  {
    of: "server.ts",
    replace: "if (reason === undefined) throw error;",
    with:
      "if (reason === undefined || error instanceof Deno.errors.ConnectionReset) Deno.exit(1);",
    breaks: [6],
    says: "ends when a client resets its connection",
  },
  {
    of: "server.ts",
    replace: "  using outgoing = stored;",
    with: "  const outgoing = stored;",
    breaks: [6],
    says: "leaves each file open that it gave",
  },
  {
    of: "server.ts",
    replace: "    serveClient(conn,",
    with: "    await serveClient(conn,",
    breaks: [7],
    says: "serves one client after the other",
    told: "serves one client after the other",
  },
  {
    of: "server.ts",
    replace: `  while (true) {
    const conn = await acceptNext(listener);
    say.connected(conn);
    // Not awaited: the next client need not wait.
    serveClient(`,
    with: `  for (let served = 1;; served++) {
    const conn = await acceptNext(listener);
    say.connected(conn);
    if (served % 3 === 0) await serveClient(conn, (conn) => serve(conn, folder), whyFailed);
    else serveClient(`,
    breaks: [7],
    says: "serves three at a time",
    told: "serves one client after the other",
  },
  {
    of: "server.ts",
    replace: RECEIVE,
    with: byHand("`${folder}/${name}.part`", KEEP),
    breaks: [13],
    says: "shows what is not whole under another name",
  },
  {
    of: "server.ts",
    replace: RECEIVE,
    with: byHand(
      "`${folder}/${name}`",
      'if (came < size || found !== md5) {\n    await Deno.remove(part);\n    throw new TransferError("not whole");\n  }',
    ),
    breaks: [13, 14],
    says: "overwrites in place",
    told: "overwrites a file in place",
  },
  {
    of: "server.ts",
    replace: RECEIVE,
    with: byHand(
      HIDDEN,
      'await Deno.rename(part, `${folder}/${name}`);\n  if (came < size || found !== md5) {\n    await Deno.remove(`${folder}/${name}`);\n    throw new TransferError("not whole");\n  }',
    ),
    breaks: [13, 14],
    says: "gives a file its name before it looks at it",
    told: "overwrites a file in place",
  },
  {
    of: "server.ts",
    replace: RECEIVE,
    with: byHand(
      HIDDEN,
      'if (came < size || found !== md5) throw new TransferError("not whole");\n  await Deno.rename(part, `${folder}/${name}`);',
    ),
    breaks: [14],
    says: "leaves what is not whole",
    told: "leaves half a file behind",
  },
  {
    of: "server.ts",
    replace: RECEIVE,
    with: byHand(HIDDEN, KEEP),
    breaks: [14],
    says: "leaves what broke off by an error",
    told: "leaves half a file behind",
  },
  {
    of: "server.ts",
    replace: RECEIVE,
    with: byHand(
      HIDDEN,
      'if (came < size) {\n    await Deno.remove(part);\n    throw new TransferError("not whole");\n  }\n  await Deno.rename(part, `${folder}/${name}`);',
    ),
    breaks: [14],
    says: "does not compare the MD5",
  },
  {
    of: "server.ts",
    replace: "  onCtrlC(removeUnfinished);\n",
    with: "",
    breaks: [15],
    says: "leaves what is not whole on Ctrl-C",
    told: "leaves half a file behind",
  },
  {
    of: "server.ts",
    replace: "await prepareFolder(folder);",
    with:
      'if (await Deno.stat(folder).then((s) => !s.isDirectory, () => false)) throw new Error(`"${folder}" is not a folder`);\n  await Deno.mkdir(folder, { recursive: true });',
    breaks: [15],
    says: "leaves what it left when it was killed",
    told: "leaves half a file behind",
  },
  {
    of: "server.ts",
    replace: "await prepareFolder(folder);",
    with:
      'await prepareFolder(folder);\n  for (const { name } of Deno.readDirSync(folder)) {\n    if (name.endsWith(".part")) Deno.removeSync(`${folder}/${name}`);\n  }',
    breaks: [15],
    says: "removes files of others at its start",
  },
  {
    of: "server.ts",
    replace: RECEIVE,
    with: byHand(
      "`${folder}/.receiving-00000000-0000-0000-0000-000000000000.part`",
      KEEP,
    ),
    breaks: [16],
    says: "has one place for all that is not whole",
  },
  {
    of: "server.ts",
    replace: RECEIVE,
    with: byHand(
      HIDDEN,
      `${KEEP.slice(0, KEEP.indexOf("  await Deno.rename"))}
  if (await Deno.stat(\`\${folder}/\${name}\`).then(() => true, () => false)) {
    using file = await Deno.open(\`\${folder}/\${name}\`, { write: true });
    await file.write(new Uint8Array(9));
  }
  await Deno.copyFile(part, \`\${folder}/\${name}\`);`,
    ),
    breaks: [3, 14, 16],
    says: "copies what is whole and leaves the part",
  },
  {
    of: "server.ts",
    replace: CHECK,
    with: trusting(
      "{ name: String(name), size: Number(size), md5: String(md5) }",
    ),
    breaks: [20],
    says: "trusts the name",
    told: "trusts the name that a client sends",
  },
  {
    of: "store.ts",
    replace: "checkFileName(name)}`;",
    with: "name}`;",
    breaks: [20],
    says: "trusts the name of a get",
    told: "trusts the name that a client sends",
  },
  {
    of: "server.ts",
    replace: CHECK,
    with: trusting(
      '{ name: String(name).split("/").at(-1) ?? "", size: Number(size), md5: String(md5) }',
    ),
    breaks: [20],
    says: "takes the last part of a path for the name",
    told: "makes a name of one that leads elsewhere",
  },
  {
    of: "server.ts",
    replace: CHECK,
    with: trusting(
      '{ name: String(name).replaceAll("..", ""), size: Number(size), md5: String(md5) }',
    ),
    breaks: [20],
    says: "takes two dots out of a name",
    told: "trusts the name that a client sends",
  },
  {
    of: "store.ts",
    replace: "await Deno.lstat(path);",
    with: "await Deno.stat(path);",
    breaks: [21],
    says: "follows a link",
  },
  {
    of: "server.ts",
    replace: RECEIVE,
    with: RENAMED,
    breaks: [21],
    says: "puts a file in the place of a link",
  },
  {
    of: "server.ts",
    replace: "  const incoming = checkIncoming(",
    with:
      '  if (/^[.]/.test(`${name}`)) throw new TransferError("a dot");\n  const incoming = checkIncoming(',
    breaks: [22],
    says: "refuses hidden files",
  },
  {
    of: "server.ts",
    replace: "  const incoming = checkIncoming(",
    with:
      '  if (`${name}`.includes("..")) throw new TransferError("dots");\n  const incoming = checkIncoming(',
    breaks: [22],
    says: "refuses two dots in a name",
  },
  {
    of: "server.ts",
    replace: "  const incoming = checkIncoming(",
    with:
      '  if (!/^[\\w. \\u0100-\\uffff]+$/.test(`${name}`)) throw new TransferError("signs");\n  const incoming = checkIncoming(',
    breaks: [22],
    says: "refuses names of characters that it does not know",
  },
  {
    of: "server.ts",
    replace: CHECK,
    with: trusting(
      "{ ...checkIncoming({ name, size: Number(size), md5 }), md5: String(md5) }",
    ),
    breaks: [23],
    says: "takes a text for a size",
  },
  {
    of: "server.ts",
    replace: CHECK,
    with: trusting(
      '{ ...checkIncoming({ name, size: Math.max(0, Math.floor(typeof size === "number" ? size : -1)), md5 }), md5: String(md5) }',
    ),
    breaks: [23],
    says: "rounds a size",
  },
  {
    of: "server.ts",
    replace: CHECK,
    with: trusting(
      '{ ...checkIncoming({ name, size: 0, md5 }), size: typeof size === "number" && size >= 0 ? size : 0.5, md5: String(md5) }',
    ),
    breaks: [23],
    says: "takes every size",
  },
  {
    of: "server.ts",
    replace: "switch (request?.op) {",
    with: 'switch (request?.op ?? "list") {',
    breaks: [24],
    says: "lists where nothing is asked for",
  },
  {
    of: "server.ts",
    replace: 'throw new TransferError("the request is put, get or list");',
    with: "return { message: { ok: true, files: await listFiles(folder) } };",
    breaks: [24],
    says: "takes every other op for list",
  },
  {
    of: "server.ts",
    replace: "const LONGEST_REQUEST = 64 * 1024;",
    with: "const LONGEST_REQUEST = 2 * 1024 * 1024;",
    breaks: [25],
    says: "takes requests of 2 MiB",
  },
  {
    of: "server.ts",
    replace: "const LONGEST_REQUEST = 64 * 1024;",
    with: "const LONGEST_REQUEST = Infinity;",
    breaks: [25],
    says: "has no limit for a request",
  },
  {
    of: "server.ts",
    replace: RECEIVE,
    with:
      `const whole = new Uint8Array(incoming.size);\n  void whole;\n  ${RECEIVE}`,
    breaks: [26],
    says: "makes room for the size that is announced",
    told: "makes room for as many bytes",
  },
  {
    of: "server.ts",
    replace: "const request = await readMessage(reader);",
    with:
      "const request = await readMessage(reader);\n    const room = new ArrayBuffer(Number(request?.size ?? 0));\n    void room;",
    breaks: [26],
    says: "makes room before it looks at a size",
    told: "makes room for as many bytes",
  },
  {
    of: "server.ts",
    replace: "  while (true) {\n    const conn = await acceptNext(listener);",
    with:
      "  let last: Promise<unknown> = Promise.resolve();\n  while (true) {\n    await last;\n    const conn = await acceptNext(listener);\n    last = new Promise((resolve) => setTimeout(resolve, 1e6));",
    breaks: [7],
    says: "takes one client, and others when it has rested",
  },
];
