// this is what a program does that ends with its first client
import { runServing, Serving } from "./right_server.ts";

class Wrong extends Serving {
  override goesOn(): boolean {
    return false;
  }
}

await runServing(new Wrong());
