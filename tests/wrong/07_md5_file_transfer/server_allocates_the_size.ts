// this is what a program does that makes room for as many bytes as the other side announces
import { check, pathIn, runStore } from "./store.ts";

await runStore(async (request) => {
  const { folder, name, size, reader } = request;
  const path = await pathIn(folder, name);
  const body = new Uint8Array(size);
  for (let filled = 0; filled < size;) {
    const count = await reader.read(body.subarray(filled));
    if (count === null) throw new Error("it ended early");
    filled += count;
  }
  check(body, request);
  await Deno.writeFile(path, body);
});
