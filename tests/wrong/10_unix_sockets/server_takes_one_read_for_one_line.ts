// this is what a program does that takes one read for one line
import { serveMemory } from "./memory.ts";

await serveMemory({
  async *lines(conn) {
    const buffer = new Uint8Array(1024);
    for (let count; (count = await conn.read(buffer)) !== null;) {
      yield new TextDecoder().decode(buffer.subarray(0, count)).replace(
        /\n$/,
        "",
      );
    }
  },
});
