import { assertEquals, assertRejects } from "@std/assert";
import { FileNameError } from "@lessons/07_md5_file_transfer/file_name.ts";
import { TransferError } from "@lessons/07_md5_file_transfer/transfer_error.ts";
import { WorkingFolder } from "../../kit/working_folder.ts";
import { listFiles, openStored } from "./store.ts";

Deno.test("listFiles() lists what a client can get, by name", async () => {
  using folder = WorkingFolder.make();
  const path = (name: string) => `${folder.path}/${name}`;
  for (const name of ["b", "a c", "中文", "B"]) {
    await Deno.writeTextFile(path(name), name);
  }
  await Deno.mkdir(path("folder"));
  const temporary = ".receiving-00000000-0000-4000-8000-000000000000.part";
  await Deno.writeTextFile(path(temporary), "");
  if (Deno.build.os !== "windows") {
    await Deno.symlink(path("b"), path("link"));
    await Deno.writeTextFile(path("back\\slash"), "");
  }
  assertEquals(await listFiles(folder.path), [
    { name: "B", size: 1 },
    { name: "a c", size: 3 },
    { name: "b", size: 1 },
    { name: "中文", size: 6 },
  ]);
});

Deno.test("openStored() opens files of the folder, and nothing else", async () => {
  using folder = WorkingFolder.make();
  await Deno.mkdir(`${folder.path}/in`);
  await Deno.writeTextFile(`${folder.path}/out`, "secret");
  await Deno.writeTextFile(`${folder.path}/in/a`, "abc");
  const inside = `${folder.path}/in`;
  {
    using stored = await openStored(inside, "a");
    assertEquals(stored.size, 3);
    assertEquals(stored.md5, "900150983cd24fb0d6963f7d28e17f72"); // RFC 1321
  }
  await assertRejects(() => openStored(inside, "../out"), FileNameError);
  await assertRejects(() => openStored(inside, "b"), TransferError);
  if (Deno.build.os !== "windows") {
    await Deno.symlink("../out", `${inside}/link`);
    await assertRejects(() => openStored(inside, "link"), TransferError);
  }
});
