/**
 * `deno task board`: a class board on the instructor's machine.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { plain } from "../../kit/plain.ts";
import { importFolder } from "../board/import.ts";
import { Known } from "../board/known.ts";
import { exportCsv, exportJson } from "../board/export.ts";
import { Board } from "../board/serve.ts";
import { Store } from "../board/store.ts";
import { runCommand } from "../user/command_line.ts";
import { UserError } from "../user/error.ts";
import { userFile, userPath } from "../user/file.ts";

const COMMAND = {
  usage:
    "deno task board [--host ADDRESS] [--port N] [--data FILE] [--import DIR | --export FILE | --forget]",
  about:
    "Shows who of a class is stuck, and on what. Learners join it; their checks tell it how they come out.",
  words: [],
  flags: {
    host: {
      about:
        "the address that it listens on, instead of 127.0.0.1; 0.0.0.0 for all of this machine's",
      value: { name: "ADDRESS", what: "an address of this machine" },
    },
    port: {
      about: "the port that it listens on, instead of 8000",
      value: { name: "N", what: "a whole number from 0 to 65535" },
    },
    data: {
      about: "the file that it keeps all in, instead of .course/board.sqlite",
      value: { name: "FILE", what: "a file that ends in .sqlite" },
    },
    import: {
      about:
        "takes in what `check --all --json` wrote: a file NICKNAME.json for each learner",
      value: { name: "DIR", what: "a folder" },
    },
    export: {
      about: "writes all reports into a file, and ends",
      value: { name: "FILE", what: "a file that ends in .csv or .json" },
    },
    forget: { about: "removes all that was kept, and ends" },
  },
  exclusive: [["import", "export"], ["import", "forget"], [
    "export",
    "forget",
  ]],
  examples: [
    "deno task board",
    "deno task board --host 0.0.0.0",
    "deno task board --export class.csv",
  ],
} as const;

await runCommand(COMMAND, async ({ flags }) => {
  const file = await dataFile(flags.data);
  if (flags.forget) return await forget(file);
  if (flags.export !== undefined) return await write(file, flags.export);
  if (flags.import !== undefined) return await take(file, flags.import);
  const hostname = flags.host ?? "127.0.0.1";
  const hosts = reachableBy(hostname);
  const port = readPort(flags.port);
  await serve(file, { hostname, hosts, port });
  return 0;
});

async function dataFile(name: string | undefined): Promise<string> {
  if (name !== undefined) return await userFile(name, "--data", [".sqlite"]);
  await Deno.mkdir(new URL(".course/", root), { recursive: true });
  return fromFileUrl(new URL(".course/board.sqlite", root));
}

function openStore(file: string): Store {
  try {
    return new Store(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${file} cannot be used: ${plain(reason)}`, 1);
  }
}

async function serve(
  file: string,
  where: { hostname: string; hosts: readonly string[]; port: number },
): Promise<void> {
  using store = openStore(file);
  const board = openBoard(store, await Known.load(), where);
  const { port } = new URL(board.origin);
  const shown = where.hosts.filter((host) =>
    where.hosts.length === 1 || !/^(127\.|\[::1\]|localhost)/.test(host)
  );
  for (const host of shown) {
    console.log(
      `join with: deno task join http://${host}:${
        port || 80
      } ${store.code} NICKNAME`,
    );
  }
  console.log(`\nyour page:           ${board.link}`);
  console.log(`for the projector:   ${board.origin}/room?code=${store.code}`);
  if (where.hostname !== "127.0.0.1") console.log(`\n${OPEN_TO}`);
  console.log("\nCtrl-C ends it; all that was told is kept");
  const ended = Promise.withResolvers<void>();
  const signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGTERM"];
  for (const signal of signals) Deno.addSignalListener(signal, ended.resolve);
  await ended.promise;
  for (const signal of signals) {
    Deno.removeSignalListener(signal, ended.resolve);
  }
  await board.close();
}

/** What an instructor should know who lets others in. */
const OPEN_TO =
  `Whoever reaches this address and has the code can join, and see the projector's
page, which has no names. Names, questions and what learners share are behind
the link of your page: keep it to yourself. Nothing is encrypted on the way, so
this is for your own network, not for the internet.

Where learners cannot reach it, their network keeps its guests apart: use a
hotspot of your own, or have them send you what this writes, and take it in
with --import:  deno task check --all --json > NICKNAME.json`;

function openBoard(
  store: Store,
  known: Known,
  where: { hostname: string; hosts: readonly string[]; port: number },
): Board {
  const place = `${where.hostname}:${where.port}`;
  try {
    return new Board(store, known, where);
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      throw new UserError(
        `${place} is taken: another program listens there (address in use); choose another with --port`,
        1,
      );
    }
    if (error instanceof Deno.errors.AddrNotAvailable) {
      throw new UserError(`${place} is not an address of this machine`, 1);
    }
    throw error;
  }
}

/** The addresses by which a browser may ask for it, the one to print first. */
function reachableBy(hostname: string): string[] {
  const inUrl = (address: string) =>
    address.includes(":") ? `[${address}]` : address;
  const isAll = hostname === "0.0.0.0" || hostname === "::";
  if (!isAll) return [inUrl(hostname)];
  const addresses = Deno.networkInterfaces()
    .filter(({ family, scopeid }) =>
      family === "IPv4" || (hostname === "::" && !scopeid)
    )
    .map(({ address }) => inUrl(address));
  const isOwn = (address: string) => /^(127\.|\[::1\])/.test(address);
  return [
    ...addresses.filter((address) => !isOwn(address)),
    ...addresses.filter(isOwn),
    "localhost",
  ];
}

function readPort(text = "8000"): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UserError(
    `--port needs a whole number from 0 to 65535, not "${text}"`,
  );
}

async function forget(file: string): Promise<number> {
  let count = 0;
  for (const name of [file, `${file}-wal`, `${file}-shm`]) {
    await Deno.remove(name).then(() => count++, (error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
  console.log(
    count === 0 ? "there was nothing to forget" : "all of it is removed",
  );
  return 0;
}

async function write(file: string, name: string): Promise<number> {
  const path = await userFile(name, "--export", [".csv", ".json"]);
  using store = openStore(file);
  const text = path.endsWith(".csv") ? exportCsv(store) : exportJson(store);
  await Deno.writeTextFile(path, text);
  console.log(path);
  return 0;
}

async function take(file: string, name: string): Promise<number> {
  using store = openStore(file);
  const { taken, problems } = await importFolder(store, await userPath(name));
  for (const problem of problems) console.error(`left out: ${plain(problem)}`);
  console.log(`${taken} reports taken in`);
  return problems.length === 0 ? 0 : 1;
}
