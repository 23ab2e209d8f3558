/**
 * Lesson 07, experiment: 16 MiB over a connection, in pieces of different sizes.
 *
 *   deno run --allow-net=127.0.0.1 lessons/07_md5_file_transfer/experiment_buffers.ts
 */
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";

const KIB = 1024;
const TOTAL = 16 * KIB * KIB;

const rates: [string, number][] = [];
for (const size of [1, 4, 16, 64, 256, 1024]) {
  rates.push([`${size} KiB`, await measure(size * KIB)]);
}

const best = Math.max(...rates.map(([, rate]) => rate));
for (const [name, rate] of rates) {
  const bar = "█".repeat(Math.round(rate / best * 40));
  console.log(`${name.padStart(8)} ${bar} ${rate.toFixed(0)} MB/s`);
}

/** Sends and receives in pieces of one size. @returns Millions of bytes a second. */
async function measure(size: number): Promise<number> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using client = await Deno.connect({ port: listener.addr.port });
  using server = await listener.accept();

  const start = performance.now();
  await Promise.all([send(client, size), receive(server, size)]);
  return TOTAL / 1000 / (performance.now() - start);
}

async function send(conn: Deno.Conn, size: number): Promise<void> {
  const piece = new Uint8Array(size);
  for (let sent = 0; sent < TOTAL; sent += size) await writeAll(conn, piece);
}

async function receive(conn: Deno.Conn, size: number): Promise<void> {
  const buffer = new Uint8Array(size);
  for (let left = TOTAL; left > 0;) left -= await conn.read(buffer) ?? left;
}
