// this is what a program does that takes the next frame for its reply, whatever it is
import { runClient, typedLines } from "@lessons/program.ts";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";

const options = {
  port: 8012,
  flags: { user: "NAME", tries: "N" },
  words: "OP CODE",
} as const;

await runClient(options, async ({ address, flag, words: [op, course] }) => {
  using conn = await Deno.connect(address);
  const frames = new FrameReader(conn);
  const ask = async (request: object) => {
    const payload = new TextEncoder().encode(JSON.stringify(request));
    await writeFrame(conn, payload);
    return JSON.parse(
      new TextDecoder().decode(await frames.readFrame() ?? undefined),
    );
  };
  for await (const password of typedLines()) {
    const name = flag("user");
    const { ok } = await ask({ id: "1", op: "login", name, password });
    const reply = await ask({
      id: crypto.randomUUID(),
      op,
      course,
      token: ok.token,
    });
    console.log(reply.ok?.state ?? "nothing");
    break;
  }
});
