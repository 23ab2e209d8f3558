// this is what a program does that goes on sending when its put has been refused
import { runClient } from "@lessons/program.ts";
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { baseName } from "@lessons/07_md5_file_transfer/file_name.ts";
import {
  encodeMessage,
  readMessage,
} from "@lessons/07_md5_file_transfer/message.ts";
import {
  checkReceipt,
  openFile,
  refusal,
  sendFile,
} from "@lessons/07_md5_file_transfer/send_file.ts";

await runClient({ port: 8007, words: "…" }, async ({ address, words }) => {
  const [op, path = "", as = baseName(path)] = words;
  if (op === "put") {
    using outgoing = await openFile(path);
    const { size, md5 } = outgoing;
    using conn = await Deno.connect(address);
    const head = encodeMessage({ op, name: as, size, md5 });
    await sendFile(conn, head, outgoing);
    const answer = await readMessage(new FrameReader(conn));
    console.log(`${size} ${md5} ${checkReceipt(answer, outgoing).name}`);
    return;
  }
  using conn = await Deno.connect(address);
  await writeAll(conn, encodeMessage({ op }));
  const { ok, files, error } = await readMessage(new FrameReader(conn)) ?? {};
  if (!ok || !Array.isArray(files)) throw refusal({ error });
  for (const { name, size } of files) console.log(`${size} ${name}`);
});
