// this is what a program does that answers an acknowledgement that comes again with the next block again: the Sorcerer's Apprentice
import { serve } from "./plain.ts";

await serve({ answersOld: true });
