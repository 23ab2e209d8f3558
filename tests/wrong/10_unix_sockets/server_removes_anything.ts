// this is what a program does that removes what stands at its path without looking what it is
import { listenAlone, lookAt, nobodyIsAt, serveMemory } from "./memory.ts";

await serveMemory({
  async listen(path) {
    await nobodyIsAt(path); // a file refuses connections, too
    if (lookAt(path)) Deno.removeSync(path);
    return listenAlone(path);
  },
});
