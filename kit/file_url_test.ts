import { assertEquals } from "@std/assert";
import { fromFileUrl } from "./file_url.ts";

const PATHS = [
  ["linux", "file:///", "/"],
  [
    "linux",
    "file:///a%20b/100%25%20%231/%3F,;&'[x]/",
    "/a b/100% #1/?,;&'[x]/",
  ],
  ["darwin", "file:///%D0%BF/%E4%B8%AD/back%5Cslash", "/п/中/back\\slash"],
  ["windows", "file:///C:/", "C:\\"],
  ["windows", "file:///C:/a%20b/100%25%20%231/x.ts", "C:\\a b\\100% #1\\x.ts"],
  ["windows", "file://server/share/a%20b/", "\\\\server\\share\\a b\\"],
] as const;

for (const [system, url, path] of PATHS) {
  Deno.test(`fromFileUrl() gives ${path} on ${system}`, () => {
    assertEquals(fromFileUrl(new URL(url), system), path);
  });
}
