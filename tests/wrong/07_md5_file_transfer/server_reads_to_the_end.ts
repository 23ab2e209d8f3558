// this is what a program does that reads to the end of the stream instead of as many bytes as were announced
import { check, pathIn, runStore } from "./store.ts";

await runStore(async (request) => {
  const { folder, name, reader } = request;
  const path = await pathIn(folder, name);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  while (true) {
    const buffer = new Uint8Array(64 * 1024);
    const count = await reader.read(buffer);
    if (count === null) break;
    chunks.push(buffer.subarray(0, count));
  }
  const body = new Uint8Array(await new Blob(chunks).arrayBuffer());
  check(body, request);
  await Deno.writeFile(path, body);
});
