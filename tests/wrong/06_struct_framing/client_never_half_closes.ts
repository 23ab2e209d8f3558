// this is what a program does that does not say that it has sent everything: it never half-closes
import { runClient } from "@lessons/program.ts";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";

await runClient({ port: 8006, words: "…" }, async ({ address, words }) => {
  using conn = await Deno.connect(address);
  const [op, ...values] = words;
  const [text, times] = values;
  const request = op === "sum"
    ? { op, numbers: values.map(Number) }
    : { op, text, ...(times === undefined ? {} : { times: Number(times) }) };
  await writeFrame(conn, new TextEncoder().encode(JSON.stringify(request)));
  const frames = new FrameReader(conn);
  for (let frame; (frame = await frames.readFrame()) !== null;) {
    console.log(new TextDecoder().decode(frame));
  }
});
