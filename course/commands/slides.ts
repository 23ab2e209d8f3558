/**
 * `deno task slides [N]`: shows the decks, or writes them as files.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { root } from "@lessons/places.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { deckNames } from "../slides/names.ts";
import { BrokenDeck } from "../slides/problem.ts";
import { runCommand, unknownFlag } from "../user/command_line.ts";
import { UserError } from "../user/error.ts";
import { userPath } from "../user/file.ts";

const USAGE = "deno task slides [N] [--port N | --build [--out DIR]]";

await runCommand(async () => {
  const flags = parseArgs(Deno.args, {
    boolean: ["build"],
    string: ["_", "out", "port"],
    unknown(flag, key) {
      if (key !== undefined) throw unknownFlag(flag, USAGE);
    },
  });
  const [word, ...tooMany] = flags._.map(String);
  if (tooMany[0] !== undefined) {
    throw new UserError(
      `"${tooMany[0]}" is one word too many; usage: ${USAGE}`,
    );
  }
  if (flags.build && flags.port !== undefined) {
    throw new UserError("--build and --port exclude each other");
  }
  if (!flags.build && flags.out !== undefined) {
    throw new UserError(`--out goes with --build; usage: ${USAGE}`);
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
  const known = names.map((one) => Number(one.slice(0, 2))).join(", ");
  throw new UserError(`there are no slides "${word}"; there are: ${known}`);
}

function readPort(text = "0"): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UserError(
    `--port needs a whole number from 0 to 65535, not "${text}"`,
  );
}

async function build(names: readonly string[], out?: string): Promise<void> {
  const { buildFiles } = await import("../slides/build.ts");
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
  if (out === "") throw new UserError("--out needs a folder");
  return await userPath(out);
}

async function serve(name: string | undefined, port: number): Promise<void> {
  const { serveDecks } = await import("../slides/serve.ts");
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
