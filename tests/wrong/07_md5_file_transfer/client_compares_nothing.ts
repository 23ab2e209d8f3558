// this is what a program does that does not compare what came with its MD5
import { createHash } from "node:crypto";
import { runClient } from "@lessons/program.ts";
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { baseName } from "@lessons/07_md5_file_transfer/file_name.ts";
import {
  encodeMessage,
  type Message,
  readMessage,
} from "@lessons/07_md5_file_transfer/message.ts";
import {
  checkReceipt,
  openFile,
  refusal,
  sendFile,
} from "@lessons/07_md5_file_transfer/send_file.ts";

await runClient(
  { port: 8007, words: "list | get NAME [AS] | put FILE [AS]" },
  async ({ address, words: [op = "list", name = "", as = name] }) => {
    using outgoing = op === "put" ? await openFile(name) : undefined;
    using conn = await Deno.connect(address);
    const reader = new FrameReader(conn);
    let receipt: Promise<Message | null> | undefined;
    if (outgoing) {
      const { size, md5 } = outgoing;
      const head = encodeMessage({ op, name: baseName(as), size, md5 });
      receipt = readMessage(reader);
      await sendFile(conn, head, outgoing, { enough: receipt });
    } else if (op === "get") {
      await writeAll(conn, encodeMessage({ op, name }));
    } else await writeAll(conn, encodeMessage({ op }));

    const answer = await (receipt ?? readMessage(reader));
    if (outgoing) {
      const { name, md5, bytes } = checkReceipt(answer, outgoing);
      console.log(`${bytes} ${md5} ${name}`);
    } else if (answer?.ok !== true) {
      throw refusal(answer ?? {});
    } else if (op === "get") {
      const body = await reader.readExactly(Number(answer.size));
      if (!body) throw new Error("no file came");
      await Deno.writeFile(as, body);
      const md5 = createHash("md5").update(body).digest("hex");
      console.log(`${body.length} ${md5} ${baseName(as)}`);
    } else if (Array.isArray(answer.files)) {
      for (const { name, size } of answer.files) console.log(`${size} ${name}`);
    }
  },
);
