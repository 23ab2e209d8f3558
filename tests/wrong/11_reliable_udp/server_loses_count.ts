// this is what a program does that compares numbers of 16 bits with <: after 65535 comes 0
import { serve } from "./plain.ts";

await serve({ losesCount: true });
