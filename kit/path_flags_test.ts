import { assertEquals } from "@std/assert";
import { flagsForPath } from "./path_flags.ts";

const FLAGS = [
  "--allow-read=echo.sock,echo.sock.lock",
  "--allow-net=unix:$PWD/echo.sock",
];

Deno.test("flagsForPath() makes a lesson's flags for the path that a program is given", () => {
  const place = { folder: "/tmp/a", own: "echo.sock" };
  assertEquals(flagsForPath(FLAGS, { ...place, path: "echo.sock" }), [
    "--allow-read=echo.sock,echo.sock.lock",
    "--allow-net=unix:/tmp/a/echo.sock",
  ]);
  const path = "/tmp/b/echo.sock"; // its own name stands in the whole path
  assertEquals(flagsForPath(FLAGS, { ...place, path }), [
    "--allow-read=/tmp/b/echo.sock,/tmp/b/echo.sock.lock",
    "--allow-net=unix:/tmp/b/echo.sock",
  ]);
});
