// this is what a program does that sends all its requests before it reads a reply
import { runClient, typedLines } from "@lessons/program.ts";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";

await runClient({ port: 8006, words: "…" }, async ({ address, words }) => {
  using conn = await Deno.connect(address);
  for await (const request of requests(words)) {
    await writeFrame(conn, new TextEncoder().encode(request));
  }
  await conn.closeWrite();
  const frames = new FrameReader(conn);
  while (true) {
    const payload = await frames.readFrame();
    if (payload === null) return;
    console.log(JSON.stringify(JSON.parse(new TextDecoder().decode(payload))));
  }
});

function requests(words: readonly string[]) {
  const [op, ...values] = words;
  const [text, times] = values;
  if (op === "-") return typedLines();
  if (op === "upper") return [JSON.stringify({ op, text })];
  if (op === "sum") {
    return [JSON.stringify({ op, numbers: values.map(Number) })];
  }
  return [JSON.stringify({ op, text, times: Number(times) })];
}
