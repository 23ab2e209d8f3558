/**
 * Lesson 07, bare server: send one client the length of a file and its bytes, and end.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=. lessons/07_md5_file_transfer/bare_server.ts FILE
 */
import { runServer, UsageError } from "@lessons/program.ts";
import { writeFrame } from "@lessons/06_struct_framing/frame.ts";

await runServer({ port: 8007, words: "FILE" }, async (context) => {
  const { address, words: [path, ...more], say } = context;
  if (path === undefined || more.length > 0) {
    throw new UsageError("name one file");
  }

  const bytes = await Deno.readFile(path); // all of it, in memory
  using listener = Deno.listen(address);
  say.listening(listener);

  using conn = await listener.accept();
  say.connected(conn);
  await writeFrame(conn, bytes); // lesson 06's frame: 4 bytes of length, then the payload
});
