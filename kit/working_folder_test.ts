import { assertEquals, assertRejects } from "@std/assert";
import { WorkingFolder } from "./working_folder.ts";

Deno.test("WorkingFolder holds copies under the same paths, and is gone when it is done with", async () => {
  let path: string;
  {
    using folder = WorkingFolder.make(["lessons/catalogue.ts"]);
    path = folder.path;
    assertEquals(
      await Deno.readTextFile(`${path}/lessons/catalogue.ts`),
      await Deno.readTextFile(
        new URL("../lessons/catalogue.ts", import.meta.url),
      ),
    );
    await Deno.mkdir(`${path}/more`);
  }
  await assertRejects(() => Deno.stat(path), Deno.errors.NotFound);
});
