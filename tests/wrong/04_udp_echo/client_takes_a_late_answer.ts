import { Asking, runAsking } from "./asking.ts";

class Wrong extends Asking {
  override isFor(): boolean {
    return true;
  }
}

await runAsking(new Wrong());
