import { Asking, runAsking } from "./asking.ts";

class Wrong extends Asking {
  override timeOut(): Promise<undefined> {
    return new Promise(() => {});
  }
}

await runAsking(new Wrong());
