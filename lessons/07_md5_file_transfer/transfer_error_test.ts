import { assertEquals } from "@std/assert";
import {
  FrameLengthError,
  UnexpectedEndError,
} from "@lessons/06_struct_framing/frame.ts";
import { FileNameError } from "./file_name.ts";
import { TransferError, whyFailed, withoutPath } from "./transfer_error.ts";

Deno.test("whyFailed() has a line for what a peer or the system can cause, and none for a bug", () => {
  const lines = [
    new TransferError("too short"),
    new FileNameError("too long"),
    new FrameLengthError(-1, 10),
    new UnexpectedEndError(1, 2, "it"),
    new Deno.errors.PermissionDenied("Permission denied: open 'x'"),
    new Deno.errors.ConnectionReset("x"),
    new TypeError("x is undefined"),
  ].map((error) => whyFailed(error, "127.0.0.1:1"));
  assertEquals(lines, [
    "too short",
    "too long",
    "frame of -1 bytes: 0 to 10 are allowed",
    "the stream ended after 1 of 2 bytes of it",
    "Permission denied: open 'x'",
    "127.0.0.1:1 broke the connection off (connection reset)",
    undefined,
  ]);
});

Deno.test("withoutPath() keeps the reason and leaves out where it happened", () => {
  const reasons = [
    "Permission denied (os error 13): open '/home/ann/it's/store/a'",
    "No such file or directory (os error 2): rename 'a' -> 'b'",
    "EACCES: permission denied, open '/home/ann/store/a'",
    "not a file: open '/home/ann/store/a'",
    "No space left on device (os error 28)",
    'there is no file "it\'s"',
  ].map(withoutPath);
  assertEquals(reasons, [
    "Permission denied (os error 13)",
    "No such file or directory (os error 2)",
    "EACCES: permission denied",
    "not a file",
    "No space left on device (os error 28)",
    'there is no file "it\'s"',
  ]);
});
