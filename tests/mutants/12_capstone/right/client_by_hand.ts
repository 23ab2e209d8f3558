// without a link: its own frames, and an id made of the time and chance
import { runClient, typedLines } from "@lessons/program.ts";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";

const options = {
  port: 8012,
  flags: { user: "NAME", tries: "N" },
  switches: ["signup"],
  words: "OP CODE",
} as const;

await runClient(options, async ({ address, flag, isOn, words }) => {
  const [op, course] = words;
  const tries = Number(flag("tries") ?? 5);
  const id = `${Date.now()}-${Math.random()}`.slice(0, 64);
  const typed = typedLines("");
  const { value: password } = await typed.next();
  let how = isOn("signup") ? "signup" : "login";
  for (let number = 0; number < tries; number++) {
    if (number > 0) {
      await new Promise((r) => setTimeout(r, Math.min(50 << number, 1000)));
    }
    let reply: Record<string, unknown> | undefined;
    try {
      using conn = await Deno.connect(address);
      const frames = new FrameReader(conn);
      const name = flag("user");
      const who = await ask(conn, frames, { id: "a", op: how, name, password });
      how = "login";
      reply = who;
      if (who.ok instanceof Object && "token" in who.ok) {
        const { token } = who.ok;
        reply = undefined;
        reply = await ask(conn, frames, { id, op, course, token });
      }
    } catch {
      continue; // whatever it was, nobody knows
    }
    if (reply === undefined) continue;
    if (reply.error) throw new Error(String(reply.error));
    if (reply.ok instanceof Object && "state" in reply.ok) {
      const place = "place" in reply.ok ? ` ${reply.ok.place}` : "";
      console.log(`${reply.ok.state}${place}`);
    }
    return;
  }
  throw new Error(
    `no reply from ${address.hostname}:${address.port} after ${tries} tries`,
  );
});

async function ask(
  conn: Deno.Conn,
  frames: FrameReader,
  request: { readonly id: string; readonly [key: string]: unknown },
): Promise<Record<string, unknown>> {
  const text = JSON.stringify(request);
  await writeFrame(conn, new TextEncoder().encode(text));
  while (true) {
    const payload = await frames.readFrame();
    if (payload === null) throw new Error("it has ended");
    const reply = JSON.parse(new TextDecoder().decode(payload));
    if (reply.id === request.id) return reply;
  }
}
