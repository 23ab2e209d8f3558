import { assert, assertEquals, assertRejects } from "@std/assert";
import { pathToFileURL } from "node:url";
import { writeWhole } from "./whole_file.ts";

/** Large enough to take a system more than a moment. */
const [OLD, NEW] = ["o".repeat(1 << 20), "n".repeat(1 << 20)] as const;

Deno.test("a file is whole for those who read it while it is written", async () => {
  const folder = await Deno.makeTempDir();
  const file = pathToFileURL(`${folder}/page.md`);
  await writeWhole(file, OLD);
  for (const text of [NEW, OLD, NEW, OLD, NEW]) {
    let isWritten = false;
    const writing = writeWhole(file, text).then(() => isWritten = true);
    while (!isWritten) {
      const seen = await Deno.readTextFile(file);
      assert(seen === OLD || seen === NEW, `${seen.length} characters of it`);
    }
    await writing;
    assertEquals(await Deno.readTextFile(file), text);
  }
  assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), [
    "page.md",
  ]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a file that cannot be written leaves nothing behind", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/page.md/section`, { recursive: true });
  await assertRejects(() =>
    writeWhole(pathToFileURL(`${folder}/page.md`), NEW)
  );
  await assertRejects(() =>
    writeWhole(pathToFileURL(`${folder}/no/page.md`), NEW)
  );
  assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), [
    "page.md",
  ]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test({
  name: "a file has the mode that was asked for",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const folder = await Deno.makeTempDir();
    const file = pathToFileURL(`${folder}/own.json`);
    await writeWhole(file, OLD);
    await writeWhole(file, NEW, { mode: 0o600 });
    assertEquals(((await Deno.stat(file)).mode ?? 0) & 0o777, 0o600);
    await Deno.remove(folder, { recursive: true });
  },
});
