/**
 * Lesson 07, bare client: take the length of a file and its bytes, and keep them under a name.
 *
 *   deno run --allow-net=127.0.0.1 --allow-write=. lessons/07_md5_file_transfer/bare_client.ts AS
 */
import { runClient, UsageError } from "@lessons/program.ts";
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";

/** The most that 4 bytes with a sign can announce, in bytes. */
const MOST = 2 ** 31 - 1;

await runClient({ port: 8007, words: "AS" }, async (context) => {
  const { address, words: [path, ...more] } = context;
  if (path === undefined || more.length > 0) {
    throw new UsageError("name the file to write");
  }

  using conn = await Deno.connect(address);
  const bytes = await new FrameReader(conn, { maxLength: MOST }).readFrame();
  if (bytes === null) throw new Error("the server sent nothing");

  await Deno.writeFile(path, bytes); // whatever had this name before is gone
  console.log(`${bytes.length} bytes`);
});
