// this is what a program does that removes the path before it listens, whoever is there
import { listenAlone, lookAt, serveMemory } from "./memory.ts";

await serveMemory({
  listen(path) {
    if (lookAt(path)?.isSocket) Deno.removeSync(path);
    return listenAlone(path);
  },
});
