import { assertEquals } from "@std/assert";
import { untold } from "./fixtures/untold.ts";
import { ServerPeer } from "./server_peer.ts";
import { WorkingFolder } from "./working_folder.ts";

const ignore = Deno.build.os === "windows";

Deno.test("a scripted server at a path knows its own call from another's", {
  ignore,
}, async () => {
  using folder = WorkingFolder.make();
  const address = { transport: "unix", path: `${folder.path}/a` } as const;
  const closers: (() => void)[] = [];
  const scene = {
    ...untold(),
    onEnd: (close: () => void) => closers.push(close),
  };
  const server = ServerPeer.plain(scene, address);
  try {
    assertEquals(await server.hasCallers(), false);
    for (const says of ["", "hello"]) {
      const other = await Deno.connect(address);
      await other.write(new TextEncoder().encode(says));
      other.close();
      assertEquals(await server.hasCallers(), true, says);
      await server.accept().then((wire) => wire.close()); // our own call of before
    }
  } finally {
    for (const close of closers) close();
  }
});
