// this is what a program does that takes a path for taken because it is there
import { serveMemory } from "./memory.ts";

await serveMemory({});
