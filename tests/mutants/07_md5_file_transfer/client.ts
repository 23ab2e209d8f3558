/**
 * Mutants of lesson 07's client.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** How the solution keeps what it gets. */
const RECEIVE = `  return await receiveFile(
    reader,
    folder,
    incoming,
    (count) => progress.add(count),
  );`;

/** How it looks at a receipt. */
const CHECK = `  const receipt = checkReceipt(await answer, outgoing);
  if (receipt.name === as) return receipt;
  throw new TransferError("the receipt is for another name");`;

/** Takes a receipt that is not looked at enough. @param wrong When it is refused all the same. */
function trusts(wrong: string): string {
  return `  const receipt = await answer;
  if (${wrong}) throw new TransferError("no good receipt");
  return { name: as, md5, bytes: size };`;
}

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "client.ts",
    replace: "console.log(`${size} ${name}`);",
    with: "console.log(`${name} ${size}`);",
    breaks: [8],
    says: "prints name and size the other way round",
  },
  {
    of: "client.ts",
    replace: "console.log(`${size} ${name}`);\n  }",
    with:
      "console.log(`${size} ${name}`);\n  }\n  console.log(`${answer.files.length} files`);",
    breaks: [8],
    says: "prints how many files there are",
  },
  {
    of: "client.ts",
    replace: "for (const file of answer.files) {",
    with: "for (const file of answer.files.toReversed()) {",
    breaks: [8],
    says: "prints its list backwards",
  },
  {
    of: "client.ts",
    replace: "as ?? baseName(name)));",
    with: "as ?? name));",
    breaks: [9],
    says: "sends a file's folders with its name",
  },
  {
    of: "client.ts",
    replace: "name, as ?? baseName(name)));",
    with: "name, baseName(name)));",
    breaks: [9],
    says: "ignores the other name",
  },
  {
    of: "client.ts",
    replace: "  const receipt = checkReceipt(",
    with:
      "  await conn.write(new Uint8Array(1));\n  const receipt = checkReceipt(",
    breaks: [9],
    says: "sends a zero behind the file",
  },
  {
    of: "client.ts",
    replace: "console.log(`${bytes} ${md5} ${name}`);",
    with: "for (const _ of [1, 2]) console.log(`${bytes} ${md5} ${name}`);",
    breaks: [9, 10],
    says: "prints its line twice",
  },
  {
    of: "client.ts",
    replace: "print(await get(address, name, as ?? name));",
    with: "print({ ...await get(address, name, as ?? name), name });",
    breaks: [10],
    says: "prints the name that a file has there",
  },
  {
    of: "client.ts",
    replace: RECEIVE,
    with:
      `  const received = await receiveFile(reader, folder, incoming, (count) => progress.add(count));
  while (await reader.read(new Uint8Array(1024)) !== null);
  return received;`,
    breaks: [10],
    says: "reads to the end",
    told: "reads to the end of the stream instead of",
  },
  {
    of: "client.ts",
    replace: "print(await get(address, name, as ?? name));",
    with: "print(await get(address, name, baseName(as ?? name)));",
    breaks: [10],
    says: "ignores the folder of AS",
  },
  {
    of: "client.ts",
    replace: 'else throw new UsageError("say list, get NAME or put FILE");',
    with: 'else console.log("say list, get NAME or put FILE");',
    breaks: [12],
    says: "ends well when it is called the wrong way",
  },
  {
    of: "client.ts",
    replace: 'if (op === "list" && name === undefined)',
    with: 'if (op === "list")',
    breaks: [12],
    says: "ignores words behind list",
  },
  {
    of: "client.ts",
    replace: "name !== undefined && more.length === 0",
    with: "name !== undefined",
    breaks: [12],
    says: "ignores words that are too many",
  },
  {
    of: "client.ts",
    replace: "  async ({ address, words: [op, name, as, ...more] }) => {\n",
    with:
      "  async ({ address, words: [word, name, as, ...more] }) => {\n    const op = word?.toLowerCase();\n",
    breaks: [12],
    says: "takes LIST for list",
  },
  {
    of: "client.ts",
    replace: "  using outgoing = await openFile(path);",
    with:
      "  const there = await Deno.stat(path).catch(() => null);\n  if (!there) Deno.exit(1);\n  using outgoing = await openFile(path);",
    breaks: [11],
    says: "says nothing of a file that is missing",
  },
  {
    of: "client.ts",
    replace: "if (answer.ok !== true) throw refusal(answer);\n\n",
    with:
      "if (answer.ok !== true) {\n    console.log(refusal(answer).message);\n    Deno.exit(1);\n  }\n\n",
    breaks: [11],
    says: "says on stdout that a get is refused",
  },
  {
    of: "client.ts",
    replace: "if (answer.ok !== true) throw refusal(answer);\n\n",
    with: 'if (answer.ok !== true) throw new TransferError("no");\n\n',
    breaks: [11],
    says: "does not tell the server's words to a get",
  },
  {
    of: "client.ts",
    replace: "if (answer.ok !== true) throw refusal(answer);\n  if (!Array",
    with:
      'if (answer.ok !== true) throw new TransferError("no");\n  if (!Array',
    breaks: [11],
    says: "does not tell the server's words to a list",
  },
  {
    of: "client.ts",
    replace: "if (answer.ok !== true) throw refusal(answer);\n  if (!Array",
    with: "if (!Array",
    breaks: [11],
    says: "does not look whether a list is refused",
  },
  {
    of: "client.ts",
    replace:
      'if (!Array.isArray(answer.files)) throw new TransferError("no list came");',
    with: "if (!Array.isArray(answer.files)) return;",
    breaks: [11],
    says: "takes what is no list for an empty one",
  },
  {
    of: "client.ts",
    replace: "{ maxLength: LONGEST_LIST }",
    with: "{}",
    breaks: [8],
    says: "takes lists of up to 1 MiB only",
  },
  {
    of: "client.ts",
    replace: "    md5: md5 ?? null,",
    with: "    md5: undefined,",
    breaks: [17],
    says: "compares nothing",
    told: "does not compare what came with its MD5",
  },
  {
    of: "client.ts",
    replace: RECEIVE,
    with: `  const path = \`\${folder}/\${incoming.name}\`;
  await Deno.writeFile(path, new Uint8Array());
  return await receiveFile(reader, folder, incoming);`,
    breaks: [17],
    says: "empties an old file before it has the new one",
    told: "overwrites a file in place",
  },
  {
    of: "client.ts",
    replace: RECEIVE,
    with: `  const path = \`\${folder}/\${incoming.name}\`;
  const old = await Deno.readFile(path).catch(() => new Uint8Array());
  await Deno.writeFile(path, new Uint8Array());
  try {
    return await receiveFile(reader, folder, incoming);
  } catch (error) {
    await Deno.writeFile(path, old);
    throw error;
  }`,
    breaks: [17],
    says: "leaves an empty file where there was none",
    told: "leaves half a file behind",
  },
  {
    of: "client.ts",
    replace: RECEIVE,
    with: `  await Deno.writeFile(\`\${folder}/.coming\`, new Uint8Array());
  const received = await receiveFile(reader, folder, incoming);
  await Deno.remove(\`\${folder}/.coming\`);
  return received;`,
    breaks: [17],
    says: "leaves a temporary file",
    told: "leaves half a file behind",
  },
  {
    of: "client.ts",
    replace: CHECK,
    with: trusts("receipt && receipt.ok !== true"),
    breaks: [18],
    says: "needs no receipt",
  },
  {
    of: "client.ts",
    replace: CHECK,
    with: trusts("!receipt?.ok"),
    breaks: [18],
    says: "does not look into a receipt",
  },
  {
    of: "client.ts",
    replace: CHECK,
    with: trusts("!receipt?.ok || receipt.md5 !== md5 || receipt.name !== as"),
    breaks: [18],
    says: "does not look at a receipt's size",
  },
  {
    of: "client.ts",
    replace: CHECK,
    with: trusts(
      "!receipt?.ok || receipt.md5 !== md5 || receipt.bytes !== size",
    ),
    breaks: [18],
    says: "does not look at a receipt's name",
  },
  {
    of: "client.ts",
    replace: CHECK,
    with: trusts(
      "!receipt?.ok || receipt.name !== as || receipt.bytes !== size",
    ),
    breaks: [18],
    says: "does not look at a receipt's MD5",
  },
  {
    of: "client.ts",
    replace: "        enough: answer,\n",
    with: "",
    breaks: [19],
    says: "sends on when it is refused",
    told: "goes on sending when its put has been refused",
  },
  {
    of: "client.ts",
    replace: "const answer = readMessage(new FrameReader(conn));\n  {",
    with:
      "const answer = new Promise<null>(() => {}).then(() => readMessage(new FrameReader(conn)));\n  {",
    breaks: [9, 19],
    says: "reads no answer at all",
  },
];
