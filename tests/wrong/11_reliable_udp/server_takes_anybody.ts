// this is what a program does that takes a packet from anybody, and does not ask from which port it came
import { serve } from "./plain.ts";

await serve({ takesAnybody: true });
