// this is what a program does that sends before it has been greeted, or takes the end of the stream for a greeting
import { runTalking, Talking } from "./right_client.ts";

class Wrong extends Talking {
  override async begin(): Promise<void> {
    // It does not wait for the greeting.
  }
}

await runTalking(new Wrong());
