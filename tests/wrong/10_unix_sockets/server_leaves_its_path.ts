// this is what a program does that ends and leaves its path
import { serveMemory } from "./memory.ts";

await serveMemory({ leave() {} });
