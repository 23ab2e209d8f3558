// this is what a program does that does not compare what came with its MD5
import { createHash } from "node:crypto";
import { runClient } from "@lessons/program.ts";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";

await runClient({ port: 8007, words: "get NAME [AS]" }, async (context) => {
  const { address, words: [_op, name = "", as = name] } = context;
  using conn = await Deno.connect(address);
  const request = JSON.stringify({ op: "get", name });
  await writeFrame(conn, new TextEncoder().encode(request));
  const reader = new FrameReader(conn);
  const answer = await reader.readFrame() ?? new Uint8Array();
  const { ok, error, size } = JSON.parse(new TextDecoder().decode(answer));
  if (ok !== true) throw new Error(error);

  const body = await reader.readExactly(size) ?? new Uint8Array();
  await Deno.writeFile(as, body);
  const md5 = createHash("md5").update(body).digest("hex");
  console.log(`${size} ${md5} ${as}`);
});
