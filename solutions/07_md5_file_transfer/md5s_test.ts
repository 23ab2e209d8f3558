import { assertEquals } from "@std/assert";
import {
  fromStart,
  openToRead,
} from "@lessons/07_md5_file_transfer/open_to_read.ts";
import { WorkingFolder } from "../../kit/working_folder.ts";
import { Md5s } from "./md5s.ts";

const ABC = "900150983cd24fb0d6963f7d28e17f72"; // RFC 1321
const A = "0cc175b9c0f1b6a831c399e269772661";

/** The MD5 of a file by some that are known, and whether it was read for that. */
async function ask(md5s: Md5s, path: string): Promise<[string, boolean]> {
  const opened = await openToRead(path);
  const { handle } = opened;
  await using _ = { [Symbol.asyncDispose]: () => handle.close() };
  let isRead = false;
  const watched = new Proxy(handle, {
    get(target, name) {
      if (name === "read") isRead = true;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const md5 = await md5s.of({ ...opened, handle: watched });
  assertEquals(await fromStart(handle).read(new Uint8Array(9)) !== null, true);
  return [md5, isRead];
}

Deno.test("a file that has not changed is read once, and one that has is read again", async () => {
  using folder = WorkingFolder.make();
  const path = `${folder.path}/abc`;
  await Deno.writeTextFile(path, "abc");
  const later = new Md5s(() => Date.now() + 10_000);
  assertEquals(await ask(later, path), [ABC, true]);
  assertEquals(await ask(later, path), [ABC, false]);
  await Deno.writeTextFile(`${path}.new`, "a");
  await Deno.rename(`${path}.new`, path); // as a put does
  assertEquals(await ask(later, path), [A, true]);
  assertEquals(await ask(later, path), [A, false]);
});

Deno.test("what has just changed is not remembered: it may change again within the clock's grain", async () => {
  using folder = WorkingFolder.make();
  const path = `${folder.path}/abc`;
  await Deno.writeTextFile(path, "abc");
  const { mtime } = await Deno.stat(path);
  const now = new Md5s(() => mtime?.getTime() ?? NaN);
  assertEquals(await ask(now, path), [ABC, true]);
  assertEquals(await ask(now, path), [ABC, true]);
});
