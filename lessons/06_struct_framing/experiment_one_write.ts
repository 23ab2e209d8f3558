/**
 * Lesson 06, experiment: one write of 8 MiB to somebody who does not read yet, and then writeAll.
 *
 *   deno run --allow-net=127.0.0.1 lessons/06_struct_framing/experiment_one_write.ts
 */
import { writeAll } from "./write_all.ts";

const MANY = new Uint8Array(8 * 1024 * 1024);

using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const { port } = listener.addr;

for (const name of ["one write", "writeAll"]) {
  using client = await Deno.connect({ hostname: "127.0.0.1", port });
  using server = await listener.accept();
  if (name === "one write") {
    await client.write(MANY);
    await client.closeWrite();
  } else {
    writeAll(client, MANY).then(() => client.closeWrite()); // not awaited: somebody must read
  }
  console.log(`${name}: ${await count(server)} of ${MANY.length} bytes came`);
}

async function count(conn: Deno.Conn): Promise<number> {
  const buffer = new Uint8Array(64 * 1024);
  let total = 0;
  while (true) {
    const count = await conn.read(buffer);
    if (count === null) return total;
    total += count;
  }
}
