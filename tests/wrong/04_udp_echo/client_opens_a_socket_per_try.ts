import { Asking, openSocket, runAsking } from "./asking.ts";

class Wrong extends Asking {
  override socket(): Deno.DatagramConn {
    this.took(); // nobody waits for the old one's
    return openSocket();
  }
}

await runAsking(new Wrong());
