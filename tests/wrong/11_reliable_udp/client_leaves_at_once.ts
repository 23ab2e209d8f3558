// this is what a program does that leaves and has not answered a last block that came again: its last acknowledgement may be lost
import { fetchFile } from "./plain.ts";

await fetchFile({ leavesAtOnce: true });
