// this is what a program does that sends before it has been greeted, or takes the end of the stream for a greeting
import { connectWithin, runTalker, sendLines } from "./talker.ts";

await runTalker(connectWithin, sendLines);
