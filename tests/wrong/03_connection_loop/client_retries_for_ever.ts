// this is what a program does that never stops trying to connect
import { runTalking, Talking } from "./right_client.ts";

class Wrong extends Talking {
  override left(): number {
    return Infinity;
  }
}

await runTalking(new Wrong());
