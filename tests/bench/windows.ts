/**
 * How fast a file comes over a slow network, by its window: lesson 11's solution
 * and, where it is found, atftp, over the same link in the same run, beside the
 * arithmetic of window × block / round trip. They take turns, and the best of
 * three rounds counts.
 *
 *   deno run -A tests/bench/windows.ts
 *
 * @module
 */
import { TextLineStream } from "@std/streams/text-line-stream";
import { lessonFolder, pairIn, solutionFolder } from "@lessons/places.ts";
import { startReaper } from "../../kit/reaper.ts";
import { WorkingFolder } from "../../kit/working_folder.ts";

const solution = pairIn(solutionFolder("11_reliable_udp"));
const link = new URL("link.ts", lessonFolder("11_reliable_udp"));

/** How many bytes a block has: RFC 1350's, which atftp asks for too. */
const BLOCK = 512;

/** How long the link takes each way, in milliseconds. */
const DELAY = 10;

/** How often each is measured. */
const ROUNDS = 3;

startReaper();
using folder = WorkingFolder.make();
Deno.mkdirSync(`${folder.path}/store`);

const server = await start(solution.server, []);
const slow = await start(link, [
  ...["--to", String(server.port), "--delay", String(DELAY)],
]);

console.log(`${2 * DELAY} ms there and back, blocks of ${BLOCK} bytes`);
for (const window of [1, 4, 16, 64]) {
  const size = 60_000 * Math.min(window, 16);
  Deno.writeFileSync(`${folder.path}/store/file`, new Uint8Array(size));
  const bound = (window * BLOCK) / (2 * DELAY);
  const commands = [
    [
      ...[Deno.execPath(), "run", "--allow-net=127.0.0.1"],
      ...["--allow-read=.", "--allow-write=.", solution.client.href],
      ...["--port", String(slow.port), "--blksize", String(BLOCK)],
      ...["--windowsize", String(window), "get", "file", "ours"],
    ],
    [
      ...["atftp", "--option", `blksize ${BLOCK}`],
      ...["--option", `windowsize ${window}`],
      ...["-g", "-r", "file", "-l", "theirs", "127.0.0.1", String(slow.port)],
    ],
  ];
  const best = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, command] of commands.entries()) {
      best[i] = Math.max(best[i] ?? 0, await measure(size, command) ?? 0);
    }
  }
  const [ours = 0, theirs = 0] = best;
  console.log(
    `window ${String(window).padStart(2)}: at most ${show(bound)}, ours ${
      show(ours)
    }, atftp ${show(theirs)}`,
  );
}
server.child.kill();
slow.child.kill();
Deno.exit(0);

/** A speed in bytes a millisecond, which is KB a second. */
function show(speed: number): string {
  return speed === 0 ? "(not found)" : `${speed.toFixed(1).padStart(6)} KB/s`;
}

/** Runs a client. @returns How many bytes a millisecond came, its start and its linger left out: they are what a file of one byte takes. */
async function measure(
  size: number,
  command: readonly string[],
): Promise<number | undefined> {
  const [name = "", ...args] = command;
  const run = async () => {
    const begun = performance.now();
    const { success } = await new Deno.Command(name, {
      args,
      cwd: folder.path,
      stdout: "null",
      stderr: "null",
    }).output();
    if (!success) throw new Error(`Cannot measure: ${name} failed`);
    return performance.now() - begun;
  };
  try {
    const whole = await run();
    const file = `${folder.path}/store/file`;
    const bytes = Deno.readFileSync(file);
    Deno.writeFileSync(file, bytes.subarray(0, 1));
    const least = await run();
    Deno.writeFileSync(file, bytes);
    return size / (whole - least);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** A program that listens. */
async function start(
  program: URL,
  args: readonly string[],
): Promise<{ child: Deno.ChildProcess; port: number }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--allow-net=127.0.0.1"],
      ...["--allow-read=store", "--allow-write=store"],
      ...[program.href, "--port", "0", ...args],
    ],
    cwd: folder.path,
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  const { value = "" } = await lines.read();
  (async () => {
    while (!(await lines.read()).done);
  })();
  return { child, port: Number(value.split(":").at(-1)) };
}
