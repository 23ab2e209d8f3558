// this is what a program does that takes a slow server for a dead one
import { whoIsAt } from "../../../solutions/10_unix_sockets/occupant.ts";
import { listenAlone, lookAt, serveMemory } from "./memory.ts";

await serveMemory({
  async listen(path) {
    const occupant = await whoIsAt(path);
    if (typeof occupant === "object") {
      const { pid } = occupant;
      throw new Error(`${path} is taken: process ${pid} answers there`);
    }
    if (lookAt(path)?.isSocket) Deno.removeSync(path); // nobody has answered
    return listenAlone(path);
  },
});
