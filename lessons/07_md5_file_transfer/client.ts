/**
 * Lesson 07, client: send a file with its name, size and MD5, and print the receipt.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=. lessons/07_md5_file_transfer/client.ts FILE [NEW_NAME]
 */
import { runClient, UsageError } from "@lessons/program.ts";
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { baseName } from "./file_name.ts";
import { encodeMessage, readMessage } from "./message.ts";
import { Progress } from "./progress.ts";
import { checkReceipt, openFile, sendFile } from "./send_file.ts";

await runClient({ port: 8007, words: "FILE [NEW_NAME]" }, async (context) => {
  const { address, words: [path, newName, ...more] } = context;
  if (path === undefined || more.length > 0) {
    throw new UsageError("name a file, and perhaps a new name for it");
  }
  using outgoing = await openFile(path); // the first time through the file: its MD5
  const header = encodeMessage({
    md5: outgoing.md5,
    file_name: baseName(path),
    file_size: outgoing.size,
    new_file_name: newName ?? baseName(path),
  });

  using conn = await Deno.connect(address);
  // A server that refuses says so at once, so we listen while we send.
  const answer = readMessage(new FrameReader(conn));
  {
    using progress = new Progress(outgoing.size);
    const isAll = await sendFile(conn, header, outgoing, {
      onBytes: (count) => progress.add(count),
      enough: answer,
    });
    if (isAll) await conn.closeWrite(); // no more from us; the receipt still reaches us
  }

  const receipt = checkReceipt(await answer, outgoing);
  console.log(`stored as ${receipt.name}: ${receipt.bytes} bytes`);
  console.log(`MD5 ${receipt.md5}`);
});
