// this is what a program does that counts characters instead of bytes
import { runServing, Serving } from "./right_server.ts";

class Wrong extends Serving {
  override sizeOf(bytes: Uint8Array): number {
    return new TextDecoder().decode(bytes).length;
  }
}

await runServing(new Wrong());
