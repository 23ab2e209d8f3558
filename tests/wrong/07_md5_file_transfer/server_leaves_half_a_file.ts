// this is what a program does that leaves half a file behind
import { check, copy, pathIn, runStore } from "./store.ts";

await runStore(async (request) => {
  const { folder, name } = request;
  const path = await pathIn(folder, name);
  const part = `${path}.${crypto.randomUUID()}.part`;
  using file = await Deno.create(part);
  check(await copy(request, file), request);
  await Deno.rename(part, path);
});
