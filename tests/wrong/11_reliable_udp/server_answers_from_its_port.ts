// this is what a program does that answers from the port on which it listens: a transfer has a port of its own
import { serve } from "./plain.ts";

await serve({ hasOnePort: true });
