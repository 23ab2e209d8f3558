import { assertEquals } from "@std/assert";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { WorkingFolder } from "../../kit/working_folder.ts";
import { whoIsAt } from "./occupant.ts";

const ignore = Deno.build.os === "windows";

Deno.test(
  "whoIsAt() says nobody where nothing is, and where a server has died",
  { ignore },
  async () => {
    using folder = WorkingFolder.make();
    const path = `${folder.path}/a.sock`;
    assertEquals(await whoIsAt(path), "nobody");
    using dead = Deno.listen({ transport: "unix", path: `${path}.first` });
    Deno.renameSync(`${path}.first`, path); // so that close() does not find it
    dead.close();
    assertEquals(await whoIsAt(path), "nobody");
  },
);

Deno.test(
  "whoIsAt() gives the process that answers, however its answer is cut",
  { ignore },
  async () => {
    using folder = WorkingFolder.make();
    const path = `${folder.path}/a.sock`;
    using listener = Deno.listen({ transport: "unix", path });
    const asked = whoIsAt(path);
    using conn = await listener.accept();
    await writeAll(conn, new TextEncoder().encode("ok 1"));
    await writeAll(conn, new TextEncoder().encode("23\n"));
    assertEquals(await asked, { pid: "123" });
  },
);

Deno.test(
  "whoIsAt() calls somebody silent who hangs up, says something else or nothing",
  { ignore },
  async () => {
    using folder = WorkingFolder.make();
    const path = `${folder.path}/a.sock`;
    using listener = Deno.listen({ transport: "unix", path });
    for (const answer of ["", "ok\n", "ok 12x\n", "HTTP/1.1 400\r\n"]) {
      const asked = whoIsAt(path);
      using conn = await listener.accept();
      await writeAll(conn, new TextEncoder().encode(answer));
      await conn.closeWrite();
      assertEquals(await asked, "silent", answer);
    }
    assertEquals(await whoIsAt(path), "silent"); // nobody accepts

    const other = `${folder.path}/datagrams.sock`;
    const datagrams = Deno.listenDatagram({
      transport: "unixpacket",
      path: other,
    });
    assertEquals(await whoIsAt(other), "silent");
    datagrams.close();
  },
);
