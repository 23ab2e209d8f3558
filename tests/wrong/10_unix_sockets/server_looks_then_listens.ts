// this is what a program does that looks who is there, and removes and listens later, as if nobody came between
import { listenAlone, lookAt, nobodyIsAt, serveMemory } from "./memory.ts";

await serveMemory({
  async listen(path) {
    const info = lookAt(path);
    if (info && !info.isSocket) throw new Error(`${path} is no socket`);
    await nobodyIsAt(path);
    await new Promise((resolve) => setTimeout(resolve, 100)); // much may happen here
    if (lookAt(path)) Deno.removeSync(path);
    return listenAlone(path);
  },
});
