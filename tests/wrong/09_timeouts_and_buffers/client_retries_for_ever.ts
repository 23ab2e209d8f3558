// this is what a program does that tries again without end
import { pauses } from "@lessons/09_timeouts_and_buffers/pauses.ts";
import { openTryingClient } from "./tries.ts";

const some = { first: 100, most: 5000, jitter: 0.5 };

await openTryingClient(() => pauses(some), Infinity);
