// this is what a program does that overwrites a file in place
import { check, copy, pathIn, runStore } from "./store.ts";

await runStore(async (request) => {
  const { folder, name } = request;
  const path = await pathIn(folder, name);
  using file = await Deno.create(path);
  try {
    check(await copy(request, file), request);
  } catch (error) {
    await Deno.remove(path);
    throw error;
  }
});
