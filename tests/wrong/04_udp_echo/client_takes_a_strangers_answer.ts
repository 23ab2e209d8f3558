import { Asking, runAsking } from "./asking.ts";

class Wrong extends Asking {
  override isFrom(): boolean {
    return true;
  }
}

await runAsking(new Wrong());
