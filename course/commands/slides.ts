/**
 * `deno task slides [N]`: shows the decks, or writes them as files.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { deckNames } from "../slides/names.ts";
import { BrokenDeck } from "../slides/problem.ts";
import { runCommand } from "../user/command_line.ts";
import { UserError } from "../user/error.ts";
import { userPath } from "../user/file.ts";
import { guess } from "../user/guess.ts";

const COMMAND = {
  usage: "deno task slides [N] [--port N | --build [--out DIR]]",
  about: "Shows the slides in a browser, or writes them as files.",
  words: [{
    name: "N",
    about: "which lesson's; without it those of all lessons",
  }],
  flags: {
    port: {
      about: "serves them on this port of 127.0.0.1, not on any free one",
      value: { name: "N", what: "a whole number from 0 to 65535" },
    },
    build: { about: "writes them as files, each whole by itself" },
    out: {
      about: "the folder for those files, instead of slides/dist",
      value: { name: "DIR", what: "a folder" },
    },
  },
  exclusive: [["build", "port"]],
  examples: ["deno task slides 1", "deno task slides --build --out decks"],
} as const;

await runCommand(COMMAND, async ({ words: [word], flags }) => {
  if (!flags.build && flags.out !== undefined) {
    throw new UserError(`--out goes with --build; usage: ${COMMAND.usage}`);
  }
  const names = await deckNames();
  const name = word === undefined ? undefined : findDeck(names, word);
  if (flags.build) {
    await build(name === undefined ? names : [name], flags.out);
    return 0;
  }
  await serve(name, readPort(flags.port));
  return 0;
});

function findDeck(names: readonly string[], word: string): string {
  const name = names.find((one) =>
    one === word ||
    (/^\d{1,2}$/.test(word) && Number(one.slice(0, 2)) === Number(word))
  );
  if (name !== undefined) return name;
  const meant = guess(word, names);
  const known = names.map((one) => Number(one.slice(0, 2))).join(", ");
  throw new UserError(
    `there are no slides "${word}"; ${
      meant === undefined ? `there are: ${known}` : `did you mean ${meant}?`
    }`,
  );
}

function readPort(text = "0"): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UserError(
    `--port needs a whole number from 0 to 65535, not "${text}"`,
  );
}

async function build(names: readonly string[], out?: string): Promise<void> {
  const { buildFiles } = await import("../slides/build.ts"); // large: loaded when it is wanted
  const folder = await outFolder(out);
  try {
    for (const file of await buildFiles(folder, names)) {
      console.log(`${folder}/${file}`);
    }
  } catch (error) {
    if (error instanceof BrokenDeck) throw new UserError(error.message, 1);
    throw error;
  }
}

async function outFolder(out: string | undefined): Promise<string> {
  if (out === undefined) return fromFileUrl(new URL("slides/dist", root));
  return await userPath(out);
}

async function serve(name: string | undefined, port: number): Promise<void> {
  const { serveDecks } = await import("../slides/serve.ts"); // large, too
  Deno.addSignalListener("SIGINT", () => Deno.exit(0));
  try {
    await serveDecks(port, (address) => {
      console.log(
        `slides: ${address}${name === undefined ? "" : `${name}.html`}`,
      );
      console.log(
        "S opens the speaker view with the notes, F the full screen, ? lists all keys; Ctrl-C ends this",
      );
    });
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw new UserError(
      `127.0.0.1:${port} is taken: another program listens there (address in use)`,
      1,
    );
  }
}
