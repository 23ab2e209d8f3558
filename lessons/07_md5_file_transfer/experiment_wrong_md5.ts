/**
 * Lesson 07, experiment: puts a file into a store with an MD5 that is not its own, and looks what is there then. A store must be running.
 *
 *   deno run --allow-net=127.0.0.1 lessons/07_md5_file_transfer/experiment_wrong_md5.ts
 */
import { type Address, runClient } from "@lessons/program.ts";
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { encodeMessage, type Message, readMessage } from "./message.ts";

const WRONG = "00000000000000000000000000000000";

await runClient({ port: 8007 }, async ({ address }) => {
  const put = { op: "put", name: "a.txt", size: 3, md5: WRONG };
  await ask(address, put, new TextEncoder().encode("abc"));
  await ask(address, { op: "list" });
});

/** One request, a body behind it where there is one, and its reply. */
async function ask(
  address: Address,
  request: Message,
  body = new Uint8Array(),
): Promise<void> {
  using conn = await Deno.connect(address);
  await writeAll(conn, encodeMessage(request));
  await writeAll(conn, body);
  const reply = await readMessage(new FrameReader(conn));
  console.log(`${request.op}: ${JSON.stringify(reply)}`);
}
