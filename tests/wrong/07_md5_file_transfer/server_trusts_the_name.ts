// this is what a program does that trusts the name that a client sends
import { check, copy, runStore } from "./store.ts";

await runStore(async (request) => {
  const { folder, name } = request;
  const path = `${folder}/${name}`;
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
