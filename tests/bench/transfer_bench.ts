/**
 * Measures lesson 07's upload, both ends, whole processes, side by side with
 * plain Python programs of the same wire format, and by the size of the pieces.
 *
 *   deno run -A --lock=deno.lock tests/bench/transfer_bench.ts [MiB] [rounds] [OTHER_COURSE …]
 *
 * The pairs of other copies of the course can run beside this one's.
 *
 * The floor is what no pair can do without: two passes of MD5 in a row, one
 * before the header and one before the receipt, over bytes that are there.
 *
 * The files lie in memory (/dev/shm), three times the size at most, and are
 * removed. `-A`, also for the programs: Deno wants it for /dev. Each rate is the
 * best of the rounds, which take turns; memory is the peak (VmHWM). Linux only.
 */
import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import { root } from "@lessons/places.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { denoRun } from "../../kit/program.ts";
import { python as pythonPath } from "../../kit/python.ts";

const MIB = 1024 * 1024;
const mib = Number(Deno.args[0] ?? 1024);
const rounds = Number(Deno.args[1] ?? 3);
const folder = await Deno.makeTempDir({
  dir: "/dev/shm",
  prefix: "course_bench_",
});
const source = `${folder}/source`;

type Command = [string, ...string[]];

/** A pair of programs; the client's command is made when the port is known. */
interface Contender {
  readonly name: string;
  readonly server: Command;
  readonly client: (port: string) => Command;
}

const here = (name: string) => new URL(name, import.meta.url);
/** The lesson's pair in a copy of the course. */
const pairOf = (course: URL, name: string): Contender => {
  const program = (side: string) =>
    new URL(`lessons/07_md5_file_transfer/${side}.ts`, course);
  return {
    name,
    server: denoRun(program("server"), ["-A"], [
      ...["--port", "0", "--dir", folder],
    ]),
    client: (port) =>
      denoRun(program("client"), ["-A"], [
        ...["--port", port, source, "received"],
      ]),
  };
};
const others = Deno.args.slice(2);
const python = (how: string): Contender => ({
  name: `Python, ${how}`,
  server: [pythonPath(), fromFileUrl(here("transfer/server.py")), how, folder],
  client: (
    port,
  ) => [
    pythonPath(),
    fromFileUrl(here("transfer/client.py")),
    how,
    port,
    source,
  ],
});
const sized = (kib: number): Contender => ({
  name: `Deno, pieces of ${kib} KiB, awaited`,
  server: denoRun(here("transfer/sized.ts"), ["-A"], [
    "receive",
    `${kib * 1024}`,
    folder,
  ]),
  client: (port) =>
    denoRun(here("transfer/sized.ts"), ["-A"], [
      "send",
      `${kib * 1024}`,
      port,
      source,
    ]),
});

try {
  await fill();
  await compare(
    [
      ...[python("classic"), python("tuned")],
      sized(256),
      ...others.map((other) =>
        pairOf(pathToFileURL(`${other}/`), `the pair of ${other}`)
      ),
      pairOf(root, "the lesson's pair"),
    ],
    mib,
    rounds,
  );
  const part = Math.min(mib, 128); // 1 KiB at a time takes long enough
  await Deno.truncate(source, part * MIB);
  await compare([1, 4, 16, 64, 256, 1024].map(sized), part, 1);
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** Writes the file: random bytes, again and again. */
async function fill(): Promise<void> {
  using file = await Deno.create(source);
  const page = new Uint8Array(MIB);
  for (let at = 0; at < MIB; at += 65536) {
    crypto.getRandomValues(page.subarray(at, at + 65536));
  }
  for (let i = 0; i < mib; i++) {
    page[0] = i;
    for (let sent = 0; sent < MIB;) {
      sent += await file.write(page.subarray(sent));
    }
  }
}

async function compare(
  contenders: readonly Contender[],
  size: number,
  times: number,
): Promise<void> {
  const best = contenders.map(() => ({ rate: 0, server: 0, client: 0 }));
  let floor = 0;
  for (let round = 0; round < times; round++) {
    floor = Math.max(floor, twoPasses(size));
    for (const [i, contender] of contenders.entries()) {
      const run = await measure(contender, size);
      if (run.rate > (best[i]?.rate ?? 0)) best[i] = run;
    }
  }
  const most = Math.max(floor, ...best.map(({ rate }) => rate));
  console.log(`\n${size} MiB, best of ${times}:\n`);
  console.log(
    "| programs | MB/s | of the floor | | server, MiB | client, MiB |",
  );
  console.log("| --- | ---: | ---: | --- | ---: | ---: |");
  console.log(`| two passes of MD5 | ${floor.toFixed(0)} | 1.00 | | | |`);
  for (const [i, { rate, server, client }] of best.entries()) {
    const bar = "█".repeat(Math.round(rate / most * 30));
    console.log(
      `| ${contenders[i]?.name} | ${rate.toFixed(0)} | ${
        (rate / floor).toFixed(2)
      } | ${bar} | ${server.toFixed(0)} | ${client.toFixed(0)} |`,
    );
  }
}

/** The MD5 of so many MiB, twice. @returns Millions of bytes a second, counted once. */
function twoPasses(size: number): number {
  const page = crypto.getRandomValues(new Uint8Array(65536));
  const begin = performance.now();
  for (let pass = 0; pass < 2; pass++) {
    const hash = createHash("md5");
    for (let i = 0; i < size * MIB / page.length; i++) hash.update(page);
    hash.digest();
  }
  return size * MIB / 1e3 / (performance.now() - begin);
}

/** One transfer. @returns Millions of bytes a second, from the client's start to its end, and MiB of memory. */
async function measure(
  { server, client }: Contender,
  size: number,
): Promise<{ rate: number; server: number; client: number }> {
  await using receiver = start(server, "piped");
  const lines = receiver.stdout.pipeThrough(new TextDecoderStream())
    .getReader();
  let text = "";
  while (!text.includes("\n")) text += (await lines.read()).value ?? "";
  const port = /:(\d+)\n/.exec(text)?.[1] ?? "";

  const begin = performance.now();
  const sender = start(client(port), "null");
  const peaks = { server: 0, client: 0 };
  const timer = setInterval(() => {
    peaks.server = Math.max(peaks.server, peakOf(receiver.pid));
    peaks.client = Math.max(peaks.client, peakOf(sender.pid));
  }, 50);
  const { success } = await sender.status;
  const seconds = (performance.now() - begin) / 1000;
  clearInterval(timer);
  peaks.server = Math.max(peaks.server, peakOf(receiver.pid));
  await lines.cancel();
  if (!success) throw new Error(`failed: ${client(port).join(" ")}`);
  return { rate: size * MIB / 1e6 / seconds, ...peaks };
}

function start(
  [program, ...args]: Command,
  stdout: "piped" | "null",
): Deno.ChildProcess {
  return new Deno.Command(program, { args, stdout, stdin: "null" }).spawn();
}

/** The most memory that a process has had, in MiB; 0 where it has ended. */
function peakOf(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
