/**
 * Real programs read from the course's servers, and write to the solution's,
 * and the course's clients read from a real server, where they are found.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { TextLineStream } from "@std/streams/text-line-stream";
import { lessonFolder, pairIn, solutionFolder } from "@lessons/places.ts";
import { Random } from "../../kit/random.ts";
import { findPython } from "../../kit/python.ts";
import { startReaper } from "../../kit/reaper.ts";
import { WorkingFolder } from "../../kit/working_folder.ts";

const name = "11_reliable_udp";
const solution = pairIn(solutionFolder(name));
const lesson = pairIn(lessonFolder(name));

/** Sizes at which something changes, and some of many windows. */
const SIZES = [0, 1, 511, 512, 513, 1428, 30_000, 300_000];

/** How real clients are told to read and to write. */
const CLIENTS: Readonly<
  Record<string, Readonly<Record<"read" | "write", (call: Call) => string[]>>>
> = {
  curl: {
    read: ({ port, file }) => [
      ...["-sS", "-m", "60", "-o", "got", `tftp://127.0.0.1:${port}/${file}`],
    ],
    write: ({ port, file }) => [
      ...["-sS", "-m", "60", "-T", "mine", `tftp://127.0.0.1:${port}/${file}`],
    ],
  },
  atftp: {
    read: ({ port, file }) => [
      ...["--option", "blksize 1428", "--option", "windowsize 8"],
      ...["-g", "-r", file, "-l", "got", "127.0.0.1", String(port)],
    ],
    write: ({ port, file }) => [
      ...["--option", "blksize 1428"],
      ...["-p", "-l", "mine", "-r", file, "127.0.0.1", String(port)],
    ],
  },
  tftp: {
    read: ({ port, file }) => [
      ..."-m binary 127.0.0.1".split(" "),
      ...[String(port), "-c", "get", file, "got"],
    ],
    write: ({ port, file }) => [
      ..."-m binary 127.0.0.1".split(" "),
      ...[String(port), "-c", "put", "mine", file],
    ],
  },
};

/** Does for atftpd what inetd does: gives it a socket, so that it needs no port of its own choice. */
const AS_INETD = `
import os, socket, sys
door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
door.bind(("127.0.0.1", 0))
print("listening on 127.0.0.1:%d" % door.getsockname()[1], flush=True)
os.dup2(door.fileno(), 0)
os.execvp("atftpd", ["atftpd", sys.argv[1]])
`;

/** What a client is to do. */
interface Call {
  readonly port: number;
  readonly file: string;
}

startReaper();

for (const [program, how] of Object.entries(CLIENTS)) {
  const ignore = !isFound(program);
  const why = ignore ? ` (skipped: ${program} was not found)` : "";
  Deno.test({
    name:
      `${program} reads from lesson 11's servers, and writes to the solution's${why}`,
    ignore,
    async fn() {
      using folder = WorkingFolder.make();
      const { path } = folder;
      Deno.mkdirSync(`${path}/store`);
      for (const size of SIZES) {
        Deno.writeFileSync(`${path}/store/${size}`, fileOf(size));
      }
      for (const server of [lesson.server, solution.server]) {
        await using running = await start(server, path);
        const { port } = running;
        for (const size of SIZES) {
          await run(program, how.read({ port, file: String(size) }), path);
          assertEquals(Deno.readFileSync(`${path}/got`), fileOf(size));
          Deno.removeSync(`${path}/got`);
          if (server === lesson.server) continue;
          Deno.writeFileSync(`${path}/mine`, fileOf(size));
          const file = `put_${size}`;
          await run(program, how.write({ port, file }), path);
          assertEquals(
            Deno.readFileSync(`${path}/store/${file}`),
            fileOf(size),
          );
        }
      }
    },
  });
}

const python = findPython();
const isAtftpdHere = python !== undefined && isFound("atftpd");

Deno.test({
  name: `lesson 11's clients read from atftpd${
    isAtftpdHere ? "" : " (skipped: atftpd or Python was not found)"
  }`,
  ignore: !isAtftpdHere,
  async fn() {
    using folder = WorkingFolder.make();
    const { path } = folder;
    Deno.mkdirSync(`${path}/store`);
    for (const size of SIZES) {
      Deno.writeFileSync(`${path}/store/${size}`, fileOf(size));
    }
    const args = ["-c", AS_INETD, `${path}/store`];
    await using running = await listening(python ?? "", args, path);
    const port = String(running.port);
    for (const size of SIZES) {
      const get = ["--port", port, "get", String(size), "got"];
      const flags = ["--allow-read=.", "--allow-write=."];
      await runDeno(solution.client, flags, get, path);
      assertEquals(Deno.readFileSync(`${path}/got`), fileOf(size));
      const print = ["--port", port, String(size)];
      const printed = await runDeno(lesson.client, [], print, path);
      assertEquals(printed, fileOf(size));
    }
  },
});

/** Runs a client of the course to its end. @returns What it printed. */
async function runDeno(
  side: URL,
  flags: readonly string[],
  args: readonly string[],
  cwd: string,
): Promise<Uint8Array> {
  const all = ["run", "--allow-net=127.0.0.1", ...flags, side.href, ...args];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    ...{ args: all, cwd, stdin: "null", stdout: "piped", stderr: "piped" },
  }).output();
  assert(success, `${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  return stdout;
}

/** A server of the course, until it is disposed of. */
async function start(
  side: URL,
  folder: string,
): Promise<AsyncDisposable & { port: number }> {
  const flags = [
    "--allow-net=127.0.0.1",
    "--allow-read=store",
    "--allow-write=store",
  ];
  const args = ["run", ...flags, side.href, "--port", "0", "--dir", "store"];
  return await listening(Deno.execPath(), args, folder);
}

/** A program that says where it listens, until it is disposed of. */
async function listening(
  program: string,
  args: string[],
  cwd: string,
): Promise<AsyncDisposable & { port: number }> {
  const child = new Deno.Command(program, {
    ...{ args, cwd },
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  const { value = "" } = await lines.read();
  const port = Number(value.split(":").at(-1));
  return {
    port,
    async [Symbol.asyncDispose]() {
      child.kill();
      await lines.cancel();
      await child.status;
    },
  };
}

/** Runs a client to its end. */
async function run(
  program: string,
  args: string[],
  cwd: string,
): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    ...{ args, cwd, stdin: "null", stdout: "null", stderr: "piped" },
  }).output();
  assert(
    success,
    `${program} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`,
  );
}

/** The same bytes for a size each time. */
function fileOf(size: number): Uint8Array {
  return new Random(size).bytes(size);
}

function isFound(program: string): boolean {
  try {
    new Deno.Command(program, {
      args: ["--version"],
      stdout: "null",
      stderr: "null",
      stdin: "null",
    })
      .outputSync();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
