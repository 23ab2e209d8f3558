/**
 * `deno task new N name`: the skeleton of a new lesson.
 *
 * It runs and passes its check from the first moment; what is to be written
 * says TODO. The entry in the catalogue is printed, for its author to put in.
 *
 * @module
 */
import { announced, lessons, orientation } from "@lessons/catalogue.ts";
import { root } from "@lessons/places.ts";
import { runCommand } from "../user/command_line.ts";
import { UserError } from "../user/error.ts";

const COMMAND = {
  usage: "deno task new N name",
  about: "Makes the skeleton of a new lesson.",
  words: [
    {
      name: "N",
      about: "its number, 1 to 99",
      asks: "which number is the lesson to have?",
    },
    {
      name: "name",
      about: "its name, in small letters: struct_framing",
      asks: "what is the lesson to be called?",
    },
  ],
  flags: {},
  examples: ["deno task new 98 toy_story"],
};

/** The files of a lesson `98_name`, in folders as they stand in the course. */
const skeleton = new URL("../skeleton/", import.meta.url);

await runCommand(COMMAND, async ({ words: [first = "", word = ""] }) => {
  const number = readNumber(first, word);
  const padded = String(number).padStart(2, "0");
  const name = `${padded}_${word}`;
  const title = `${word[0]?.toUpperCase()}${word.slice(1)}`.replaceAll(
    "_",
    " ",
  );

  const files = (await filesIn(skeleton)).sort();
  const paths = files.map((file) => file.replaceAll("98_name", name));
  for (const path of paths) {
    const isThere = await Deno.lstat(new URL(path, root))
      .then(() => true, () => false);
    if (isThere) throw new UserError(`${path} is there already`, 1);
  }
  for (const [i, path] of paths.entries()) {
    const text = (await Deno.readTextFile(new URL(files[i] ?? "", skeleton)))
      .replaceAll("98_name", name)
      .replaceAll("8098", String(8000 + number))
      .replaceAll("98 Title", `${padded} ${title}`)
      .replaceAll("Title", title)
      .replaceAll(/(?<=[Ll]esson )98/g, padded);
    const url = new URL(path, root);
    await Deno.mkdir(new URL("./", url), { recursive: true });
    await Deno.writeTextFile(url, text, { createNew: true });
    console.log(`made: ${path}`);
  }
  console.log(`
its entry, for lessons/catalogue.ts (an entry under "to come" goes):

  {
    number: ${number},
    name: "${name}",
    title: "${title}",
    transport: "TCP",
    address: { port: ${8000 + number} },
    about: "TODO",
    own: { permissions: onLoopback, demo: { server: [], client: ["hello"] } },
    exercise: {
      permissions: onLoopback,
      demo: { server: [], client: ["hello"] },
    },
  },

its row, for the table in README.md:

| ${padded} | [${title}](lessons/${name}/README.md) | TCP | TODO |

then: deno task pictures, and deno task test says what the lesson still lacks`);
  return 0;
});

/** The number of a new lesson. @throws {UserError} Where there can be no such lesson. */
function readNumber(first: string, word: string): number {
  if (!/^[1-9]\d?$/.test(first)) {
    throw new UserError(
      `"${first}" is no number from 1 to 99`,
    );
  }
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(word)) {
    throw new UserError(
      `"${word}" is no name like struct_framing: small letters and digits, with _ between the words`,
    );
  }
  const number = Number(first);
  const taken = [orientation, ...lessons].find((one) => one.number === number);
  if (taken) throw new UserError(`lesson ${number} is there: ${taken.name}`);
  const planned = announced.find((one) => one.number === number);
  const name = `${first.padStart(2, "0")}_${word}`;
  if (planned && planned.name !== name) {
    throw new UserError(`lesson ${number} is to be ${planned.name}`);
  }
  return number;
}

/** The files in a folder and those in it, by their paths from it, with `/` between. */
async function filesIn(folder: URL): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) files.push(name);
    else {
      const below = await filesIn(new URL(`${name}/`, folder));
      files.push(...below.map((file) => `${name}/${file}`));
    }
  }
  return files;
}
