// this is what a program does that leaves half a file behind
import { serve } from "./plain.ts";

await serve({ writesInPlace: true });
