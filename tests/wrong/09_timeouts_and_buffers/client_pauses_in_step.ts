// this is what a program does whose pauses are the same for everybody: all try again in step
import { pauses } from "@lessons/09_timeouts_and_buffers/pauses.ts";
import { openTryingClient } from "./tries.ts";

const some = { first: 75, most: 5000, jitter: 0 };

await openTryingClient(() => pauses(some));
