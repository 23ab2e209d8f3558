// this is what a program does that tries again at once
import { openTryingClient } from "./tries.ts";

await openTryingClient(function* () {
  while (true) yield 0;
});
