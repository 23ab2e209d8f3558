// this is what a program does that leaves right after its last acknowledgement, which may be lost
import { fetchFile } from "./plain.ts";

await fetchFile({ leavesAtOnce: true });
