// this is what a program does that sends again after the same time again and again, and floods a network that is slow already
import { serve } from "./plain.ts";

await serve({ neverBacksOff: true });
