// web streams: frames are a TransformStream, and each client is a pipe
import { explain, formatAddress, runServer } from "@lessons/program.ts";
import {
  encodeFrame,
  FrameLengthError,
  FrameReader,
} from "@lessons/06_struct_framing/frame.ts";

await runServer({ port: 8006 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);
  while (true) {
    const conn = await listener.accept().catch(console.log);
    if (!conn) continue;
    say.connected(conn);
    const name = formatAddress(conn.remoteAddr);
    serve(conn).catch((error) => console.log(`${explain(error, name)}`))
      .finally(() => {
        try {
          conn.close();
        } catch {
          // its writable has closed it
        }
      });
  }
});

async function serve(conn: Deno.TcpConn): Promise<void> {
  const reader = new FrameReader(conn);
  let tooLong: unknown;
  const requests = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const frame = await reader.readFrame();
        if (frame === null) controller.close();
        else controller.enqueue(replyTo(frame));
      } catch (error) {
        if (!(error instanceof FrameLengthError)) throw error;
        tooLong = error;
        controller.enqueue(encode({ error: error.message }));
        controller.close();
      }
    },
  });
  const frames = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
    transform: (payload, controller) =>
      controller.enqueue(new Uint8Array(encodeFrame(payload))),
  });
  await requests.pipeThrough(frames).pipeTo(conn.writable, {
    preventClose: true,
    preventAbort: true,
  });
  if (tooLong === undefined) return;
  await conn.closeWrite();
  const buffer = new Uint8Array(65536);
  while (await conn.read(buffer) !== null);
  throw tooLong;
}

function encode(reply: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(reply));
}

function replyTo(frame: Uint8Array): Uint8Array {
  const reply = encode(answer(frame));
  return reply.length <= 1048576 ? reply : encode({ error: "too long" });
}

function answer(payload: Uint8Array): { ok: unknown } | { error: string } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(payload);
    const request: unknown = JSON.parse(text);
    if (
      typeof request !== "object" || request === null || Array.isArray(request)
    ) throw new Error("no object");
    return { ok: compute({ ...request }) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : "?" };
  }
}

function compute(request: Record<string, unknown>): unknown {
  const { op, text, numbers, times } = request;
  if (op === "upper" && typeof text === "string") return text.toUpperCase();
  if (op === "sum" && Array.isArray(numbers)) {
    const sum = numbers.reduce(
      (a, b) => typeof b === "number" ? a + b : NaN,
      0,
    );
    if (Number.isFinite(sum)) return sum;
  }
  if (
    op === "repeat" && typeof text === "string" && typeof times === "number" &&
    Number.isInteger(times) && times >= 0 && times * text.length <= 1048576
  ) return text.repeat(text === "" ? 0 : times);
  throw new Error("no such thing");
}
