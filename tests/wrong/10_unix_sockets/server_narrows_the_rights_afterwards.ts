// this is what a program does that lets everybody in first and narrows the rights afterwards
import { serveMemory } from "./memory.ts";

await serveMemory({
  async listen(path) {
    const listener = Deno.listen({ transport: "unix", path });
    await Deno.chmod(path, 0o600);
    return listener;
  },
});
