// this is what a program does that makes a name of one that leads elsewhere, instead of refusing it
import { check, copy, pathIn, runStore } from "./store.ts";

await runStore(async (request) => {
  const { folder, name } = request;
  const path = await pathIn(folder, name.split("/").at(-1) ?? "");
  const part = `${path}.${crypto.randomUUID()}.part`;
  using file = await Deno.create(part);
  try {
    check(await copy(request, file), request);
    await Deno.rename(part, path);
  } catch (error) {
    await Deno.remove(part);
    throw error;
  }
});
