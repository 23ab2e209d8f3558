/**
 * A network that loses nearly a third, and more: each file is whole at the end,
 * or there is one error line and no file.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { TextLineStream } from "@std/streams/text-line-stream";
import { lessonFolder, pairIn, solutionFolder } from "@lessons/places.ts";
import { inParallel } from "../../kit/parallel.ts";
import { Random } from "../../kit/random.ts";
import { startReaper } from "../../kit/reaper.ts";
import { WorkingFolder } from "../../kit/working_folder.ts";

const solution = pairIn(solutionFolder("11_reliable_udp"));
const link = new URL("link.ts", lessonFolder("11_reliable_udp"));

/** How many seeds are tried, each with a file in both directions. */
const SEEDS = Number(Deno.args[0] ?? "20");

/** How many blocks a window has, by the seed. */
const WINDOWS = [1, 2, 4, 16];

startReaper();

Deno.test(`${2 * SEEDS} transfers lose 30 % and end whole, or with one line and no file`, async () => {
  using folder = WorkingFolder.make();
  const { path } = folder;
  Deno.mkdirSync(`${path}/store`);
  const file = new Random(11).bytes(5_000);
  Deno.writeFileSync(`${path}/store/file`, file);
  Deno.writeFileSync(`${path}/file`, file);
  const flags = ["--allow-read=store", "--allow-write=store"];
  await using server = await start(solution.server, path, flags, [
    ...["--timeout", "50", "--tries", "12"],
  ]);
  const one = (seed: number) => async () => {
    await using between = await start(link, path, [], [
      ...["--to", String(server.port), "--seed", String(seed)],
      ...["--lose", "0.3", "--double", "0.1", "--swap", "0.1"],
    ]);
    const windowsize = WINDOWS[seed % WINDOWS.length];
    for (const op of ["get", "put"]) {
      const as = `${op}_${seed}`;
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [
          ...[
            "run",
            "--allow-net=127.0.0.1",
            "--allow-read=.",
            "--allow-write=.",
          ],
          ...[solution.client.href, "--port", String(between.port)],
          ...["--timeout", "50", "--tries", "12"],
          ...["--windowsize", String(windowsize), op, "file", as],
        ],
        ...{ cwd: path, stdin: "null", stdout: "null", stderr: "piped" },
      }).output();
      const said = new TextDecoder().decode(stderr);
      const there = op === "get" ? `${path}/${as}` : `${path}/store/${as}`;
      const came = await Deno.readFile(there).catch(() => undefined);
      if (code === 0) {
        assertEquals(came?.length, file.length, `${as}: ${said}`);
        assertEquals(came, file);
      } else {
        assertMatch(said, /^error: [^\n]*\n$/, as);
        // Whoever puts cannot know about the last block: the file may be there, but only whole.
        assert(
          came === undefined || op === "put" && came.length === file.length,
        );
      }
    }
  };
  const seeds = Array.from({ length: SEEDS }, (_, i) => one(i + 1));
  await inParallel(10, seeds);
  const left = [...Deno.readDirSync(path), ...Deno.readDirSync(`${path}/store`)]
    .filter(({ name }) => name.startsWith("."));
  assertEquals(left, [], "nothing half is left");
});

/** A program that listens, until it is disposed of. */
async function start(
  program: URL,
  cwd: string,
  flags: readonly string[],
  args: readonly string[],
): Promise<AsyncDisposable & { port: number }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--allow-net=127.0.0.1", ...flags, program.href],
      ...["--port", "0", ...args],
    ],
    ...{ cwd, stdout: "piped" },
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  const { value = "" } = await lines.read();
  const read = async () => {
    while (!(await lines.read()).done);
  };
  const reading = read(); // a full pipe would stop it
  return {
    port: Number(value.split(":").at(-1)),
    async [Symbol.asyncDispose]() {
      child.kill();
      await reading;
      await child.status;
    },
  };
}
