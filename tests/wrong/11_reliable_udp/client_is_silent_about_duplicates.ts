// this is what a program does that says nothing to a block that it has already, though its acknowledgement may have been lost
import { fetchFile } from "./plain.ts";

await fetchFile({ isSilent: true });
