// this is what a program does that makes its path for everybody and narrows the rights afterwards
import { serveMemory } from "./memory.ts";

await serveMemory({
  async listen(path) {
    const listener = Deno.listen({ transport: "unix", path });
    await Deno.chmod(path, 0o600);
    return listener;
  },
});
