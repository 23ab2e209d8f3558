/**
 * Lesson 07, exercise "store", server.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=store --allow-write=store answers/07_md5_file_transfer/server.ts
 */
import { runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";

await runServer({ port: 8007, flags: { dir: "FOLDER" } }, async (context) => {
  const { address, flag, say } = context;
  const folder = flag("dir") ?? "store";
  await Deno.mkdir(folder, { recursive: true });
  // TODO: a --dir that is no folder is an error; what a killed server left in it is removed, and Ctrl-C leaves nothing half.

  using listener = Deno.listen(address);
  say.listening(listener);

  while (true) {
    const conn = await acceptNext(listener);
    say.connected(conn);
    // Not awaited: the next client need not wait.
    serveClient(conn, (conn) => answer(conn, folder));
  }
});

/** One client, in a task of its own. */
async function answer(conn: Deno.TcpConn, _folder: string): Promise<void> {
  // TODO: `put`, `get` and `list`, one request a connection; what cannot be done gets `{"ok":false,"error":…}`.
  // TODO: a file gets its name when it is whole and its MD5 is right, and not before.
  // TODO: a name that leads out of the folder is refused, and so is a symbolic link.
  const frames = new FrameReader(conn);
  await frames.readFrame();
  await writeFrame(conn, new TextEncoder().encode('{"todo":true}'));
}
