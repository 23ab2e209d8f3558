// this is what a program does that waits for each reply before it sends the next request
import { runClient, typedLines } from "@lessons/program.ts";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";

await runClient({ port: 8006, words: "…" }, async ({ address, words }) => {
  using conn = await Deno.connect(address);
  const frames = new FrameReader(conn);
  if (words[0] !== "-") {
    await writeFrame(conn, new TextEncoder().encode(request(words)));
    await conn.closeWrite();
    return print(await frames.readFrame());
  }
  for await (const line of typedLines()) {
    await writeFrame(conn, new TextEncoder().encode(line));
    print(await frames.readFrame());
  }
  await conn.closeWrite();
});

function print(payload: Uint8Array | null): void {
  console.log(new TextDecoder().decode(payload ?? new Uint8Array()));
}

function request([op, ...values]: readonly string[]): string {
  const [text, times] = values;
  if (op === "upper") return JSON.stringify({ op, text });
  if (op === "sum") return JSON.stringify({ op, numbers: values.map(Number) });
  return JSON.stringify({ op, text, times: Number(times) });
}
