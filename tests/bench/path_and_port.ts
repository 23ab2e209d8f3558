/**
 * A path against loopback TCP, in one run: round trips of 64 bytes, and bytes
 * in one direction, between two processes.
 *
 *     deno run -A tests/bench/path_and_port.ts
 *
 * @module
 */
import { denoRun, Program } from "../../kit/program.ts";
import { startReaper } from "../../kit/reaper.ts";
import { WorkingFolder } from "../../kit/working_folder.ts";

/** How often both are measured, in turn; the median counts. */
const RUNS = 5;
const ROUND_TRIPS = 20_000;
const MESSAGE = 64;
const PIECE = 64 * 1024;
const BYTES = 1024 * 1024 * 1024;

if (Deno.args[0] === "echo") await echo(Deno.args[1] ?? "");
else await measure();

/** The other process: sends all back, or after an `x` swallows all and answers at the end. */
async function echo(path: string): Promise<void> {
  const listeners = [
    Deno.listen({ transport: "unix", path }),
    Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  ] as const;
  console.log(`listening on 127.0.0.1:${listeners[1].addr.port}`);
  await Promise.all(listeners.map(async (listener) => {
    while (true) await answer(await listener.accept());
  }));
}

async function answer(conn: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(PIECE);
  let swallows = false;
  for (let count; (count = await conn.read(buffer)) !== null;) {
    swallows ||= buffer[0] === 0x78;
    if (!swallows) await conn.write(buffer.subarray(0, count));
  }
  if (swallows) await conn.write(new Uint8Array(1));
  conn.close();
}

async function measure(): Promise<void> {
  startReaper();
  using folder = WorkingFolder.make();
  const path = `${folder.path}/bench.sock`;
  await using other = Program.start({
    label: "the other process",
    command: denoRun(new URL(import.meta.url), ["-A"], ["echo", path]),
  });
  const line = await other.line("its ready line");
  const port = Number(line.split(":").at(-1));
  const ways = {
    "a path": () => Deno.connect({ transport: "unix", path }),
    "loopback TCP": () => Deno.connect({ hostname: "127.0.0.1", port }),
  };
  const trips = { "a path": [0], "loopback TCP": [0] };
  const speeds = { "a path": [0], "loopback TCP": [0] };
  for (let run = 0; run < RUNS; run++) {
    for (const way of ["a path", "loopback TCP"] as const) {
      trips[way][run] = await roundTrips(await ways[way]());
      speeds[way][run] = await megabytes(await ways[way]());
    }
  }
  tell("round trips of 64 bytes a second", trips);
  tell("MB/s in one direction", speeds);
}

async function roundTrips(conn: Deno.Conn): Promise<number> {
  const message = new Uint8Array(MESSAGE);
  const buffer = new Uint8Array(MESSAGE);
  const begun = performance.now();
  for (let i = 0; i < ROUND_TRIPS; i++) {
    await conn.write(message);
    for (let got = 0; got < MESSAGE;) {
      got += await conn.read(buffer) ?? MESSAGE;
    }
  }
  conn.close();
  return ROUND_TRIPS / (performance.now() - begun) * 1000;
}

async function megabytes(conn: Deno.Conn): Promise<number> {
  const piece = new Uint8Array(PIECE).fill(0x78);
  const begun = performance.now();
  for (let sent = 0; sent < BYTES;) sent += await conn.write(piece);
  await conn.closeWrite();
  await conn.read(new Uint8Array(1));
  conn.close();
  return BYTES / 1e3 / (performance.now() - begun);
}

function tell(
  what: string,
  numbers: Record<"a path" | "loopback TCP", number[]>,
): void {
  const [path, tcp] = [numbers["a path"], numbers["loopback TCP"]].map(
    (all) => all.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0,
  );
  if (path === undefined || tcp === undefined) return;
  console.log(
    `${what}: a path ${path.toFixed(0)}, loopback TCP ${tcp.toFixed(0)}: ${
      (path / tcp).toFixed(2)
    } to 1`,
  );
}
