// this is what a program does that removes the path at its end, though it is another's
import { listenAlone, lookAt, nobodyIsAt, serveMemory } from "./memory.ts";

await serveMemory({
  async listen(path) {
    try {
      await nobodyIsAt(path);
      if (lookAt(path)?.isSocket) Deno.removeSync(path);
      return listenAlone(path);
    } catch (error) {
      Deno.removeSync(path); // as if it were ours
      throw error;
    }
  },
});
