/**
 * Lesson 12 over PostgreSQL: the solution's other store passes the same cases.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { pairIn, solutionFolder } from "@lessons/places.ts";
import { Exercise, runCase } from "../kit/case.ts";
import { fromFileUrl } from "../kit/file_url.ts";
import { freePort } from "../kit/free_port.ts";
import { denoRun, Program } from "../kit/program.ts";
import { startReaper } from "../kit/reaper.ts";
import { report } from "../kit/report.ts";
import { WorkingFolder } from "../kit/working_folder.ts";
import { check } from "./12_capstone_test.ts";

startReaper();

const bin = findPostgres();
const USER = "course";

/** The database that each cluster has from the start. */
const DATABASE = "postgres";

/** Takes away all that a case has left. A database of its own for each would be 300 files more. */
const EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public";

/** How long a case may take here, in milliseconds: each change goes to another process and back, many times. */
const CASE_MS = 60_000;

/** Where PostgreSQL's own programs are: Debian keeps them off the path. */
function findPostgres(): string | undefined {
  const root = "/usr/lib/postgresql";
  try {
    const versions = [...Deno.readDirSync(root)].map(({ name }) => name);
    const newest = versions.toSorted((a, b) => Number(a) - Number(b)).at(-1);
    return newest && `${root}/${newest}/bin`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** A command of PostgreSQL's. It refuses to work for root. */
function asPostgres(
  program: string,
  ...args: string[]
): [string, ...string[]] {
  const command: [string, ...string[]] = [`${bin}/${program}`, ...args];
  return Deno.uid() === 0
    ? ["runuser", "-u", "postgres", "--", ...command]
    : command;
}

async function run([command, ...args]: [string, ...string[]]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, {
    args,
    stdout: "null",
    stderr: "piped",
  }).output();
  assert(success, new TextDecoder().decode(stderr));
}

/** A PostgreSQL of its own, in a folder. */
async function startPostgres(folder: string, port: number): Promise<Program> {
  if (Deno.uid() === 0) await run(["chown", "postgres", folder]);
  const data = `${folder}/data`;
  const quickly = ["--auth=trust", "--no-sync", "--encoding=UTF8"];
  await run(asPostgres("initdb", "-D", data, "-U", USER, ...quickly));
  const { promise: isReady, resolve } = Promise.withResolvers<void>();
  const program = Program.start({
    label: "PostgreSQL",
    command: asPostgres(
      ...["postgres", "-D", data, "-p", `${port}`] as const,
      ...["-k", folder, "-c", "listen_addresses=127.0.0.1"],
      // What it holds is thrown away: it need not outlive the machine.
      ...["-c", "fsync=off", "-c", "full_page_writes=off"],
      ...["-c", "autovacuum=off"],
    ),
    isForeign: true,
    onLine(line) {
      if (line.includes("ready to accept connections")) resolve();
    },
  });
  const ended = program.exited.then(() => {
    throw new Error(`PostgreSQL has ended:\n${program.stderr}`);
  });
  ended.catch(() => {}); // when it is not waited for any more, it may end
  await Promise.race([isReady, ended]);
  return program;
}

Deno.test({
  name: `12_capstone solution passes its cases over PostgreSQL${
    bin === undefined ? " (skipped: no PostgreSQL was found)" : ""
  }`,
  ignore: bin === undefined,
  async fn(t) {
    using folder = WorkingFolder.make();
    const port = freePort();
    await using postgres = await startPostgres(folder.path, port);
    const { server, client } = pairIn(solutionFolder(check.lesson));
    for (const aCase of check.cases.filter(({ role }) => role === "server")) {
      await t.step(aCase.name, async () => {
        const url = `postgres://${USER}@127.0.0.1:${port}/${DATABASE}`;
        await run(asPostgres("psql", "--quiet", url, "-c", EMPTY));
        const flags = [
          ...["--allow-net=127.0.0.1", "--allow-env", "--allow-sys"],
          "--allow-read",
        ];
        const command = denoRun(server, flags, ["--database", url]);
        const programs = {
          server: { command, name: fromFileUrl(server) },
          client,
        };
        const exercise = new Exercise(CASE_MS);
        const verdict = await runCase(check, aCase, programs, exercise);
        assertEquals(verdict.failure && report(verdict), undefined);
      });
    }
    postgres.signal("SIGINT"); // a fast shutdown: it takes its shared memory with it
    await postgres.exited;
  },
});
