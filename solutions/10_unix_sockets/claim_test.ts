import { assertEquals, assertRejects } from "@std/assert";
import { WorkingFolder } from "../../kit/working_folder.ts";
import { claimPath } from "./claim.ts";

const ignore = Deno.build.os === "windows";

Deno.test(
  "claimPath() listens at a path for its owner alone, and asks the umask back",
  { ignore },
  async () => {
    using folder = WorkingFolder.make();
    const path = `${folder.path}/a.sock`;
    const before = Deno.umask();
    const { listener } = await claimPath(path);
    using _ = listener;
    assertEquals((Deno.lstatSync(path).mode ?? 0) & 0o777, 0o600);
    assertEquals(Deno.umask(), before);
  },
);

Deno.test("claimPath() takes over what a dead server left, and nothing else", {
  ignore,
}, async () => {
  using folder = WorkingFolder.make();
  const path = `${folder.path}/a.sock`;
  const dead = Deno.listen({ transport: "unix", path: `${path}.first` });
  Deno.renameSync(`${path}.first`, path); // so that close() does not find it
  dead.close();
  const { listener } = await claimPath(path);
  listener.close();

  Deno.writeTextFileSync(path, "mine");
  await assertRejects(() => claimPath(path), Error, "it is no socket");
  assertEquals(Deno.readTextFileSync(path), "mine");
});

Deno.test("release() leaves a path alone that is another's by now", {
  ignore,
  sanitizeResources: false, // it keeps its lock until the program ends
}, async () => {
  using folder = WorkingFolder.make();
  const path = `${folder.path}/a.sock`;
  const { listener, release } = await claimPath(path);
  Deno.removeSync(path);
  Deno.writeTextFileSync(path, "another's");
  await release();
  assertEquals(Deno.readTextFileSync(path), "another's");
  Deno.removeSync(path);
  listener.close();
});
