import { assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "@lessons/program.ts";
import { openService } from "./open_service.ts";

const decide = () => ({ reply: { error: "no" } } as const);

for (const cost of ["0", "1", "3", "x", "2097152"]) {
  Deno.test(`openService() refuses --cost ${cost}`, async () => {
    const flag = (name: string) => name === "cost" ? cost : undefined;
    await assertRejects(
      () => openService({ flag }, decide),
      UsageError,
      "--cost",
    );
  });
}

Deno.test("openService() opens the file that --data names", async () => {
  const path = await Deno.makeTempDir() + "/school.db";
  const flag = (name: string) => ({ data: path, cost: "2" })[name];
  const service = await openService({ flag }, decide);
  assertEquals((await Deno.stat(path)).isFile, true);
  const reply = await service.answer({ id: "1", op: "courses" }, { tell() {} });
  assertEquals(reply, { id: "1", ok: [] });
});
