import { assertEquals, assertRejects } from "@std/assert";
import { WorkingFolder } from "../../kit/working_folder.ts";
import { fromStart, openToRead } from "./open_to_read.ts";

const isWindows = Deno.build.os === "windows";

Deno.test("fromStart() reads from the start, however far the last reader came", async () => {
  using folder = WorkingFolder.make();
  await Deno.writeTextFile(`${folder.path}/abc`, "abc");
  const { handle, size } = await openToRead(`${folder.path}/abc`);
  await using _ = { [Symbol.asyncDispose]: () => handle.close() };
  assertEquals(size, 3);
  const buffer = new Uint8Array(2);
  const first = fromStart(handle);
  assertEquals(await first.read(buffer), 2);
  const second = fromStart(handle);
  assertEquals([await second.read(buffer), buffer], [
    2,
    new Uint8Array([0x61, 0x62]),
  ]);
  assertEquals(await first.read(buffer), 1);
  assertEquals(await first.read(buffer), null);
});

Deno.test("openToRead() refuses what is no file, and tells a missing one", async () => {
  using folder = WorkingFolder.make();
  await assertRejects(() => openToRead(folder.path), Error);
  await assertRejects(
    () => openToRead(`${folder.path}/none`),
    Error,
    "ENOENT",
  );
});

Deno.test({
  name: "openToRead() does not wait at a pipe that nobody writes to",
  ignore: isWindows,
  async fn() {
    using folder = WorkingFolder.make();
    const path = `${folder.path}/pipe`;
    await new Deno.Command("mkfifo", { args: [path] }).output();
    await assertRejects(() => openToRead(path), Error, "not a file");
  },
});
