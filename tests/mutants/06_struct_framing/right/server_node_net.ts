// node:net and events: the replies to what came together leave together
import { createServer, type Socket } from "node:net";
import { runServer } from "@lessons/program.ts";

const LONGEST = 1024 * 1024;

await runServer({ port: 8006 }, async ({ address }) => {
  const { promise: fails, reject } = Promise.withResolvers<never>();
  const server = createServer({ allowHalfOpen: true }, serve);
  server.once("error", reject);
  server.listen(address.port, address.hostname);
  server.once("listening", () => {
    const bound = server.address();
    if (bound === null || typeof bound === "string") return;
    console.log(`listening on ${bound.address}:${bound.port}`);
  });
  await fails;
});

function serve(socket: Socket): void {
  const name = `${socket.remoteAddress}:${socket.remotePort}`;
  console.log(`connected ${name}`);
  const parts: Buffer[] = [];
  let held = 0;
  let needed = 4;
  let isOver = false;
  socket.on("data", (chunk: Buffer) => {
    if (isOver) return;
    parts.push(chunk);
    held += chunk.length;
    if (held < needed) return;
    let all = Buffer.concat(parts.splice(0));
    const replies: Buffer[] = [];
    while (all.length >= 4) {
      const length = all.readInt32LE();
      if (length < 0 || length > LONGEST) {
        isOver = true;
        replies.push(frame({ error: `a frame of ${length} bytes` }));
        socket.end(Buffer.concat(replies));
        return;
      }
      if (all.length < 4 + length) break;
      replies.push(frame(answer(all.subarray(4, 4 + length))));
      all = all.subarray(4 + length);
    }
    parts.push(all);
    held = all.length;
    needed = held < 4 ? 4 : 4 + all.readInt32LE();
    if (replies.length > 0 && !socket.write(Buffer.concat(replies))) {
      socket.pause();
    }
  });
  socket.on("drain", () => socket.resume());
  socket.on("end", () => {
    if (held > 0) console.log(`${name} left inside a frame`);
    socket.end();
  });
  socket.on("error", ({ message }) => console.log(`${name}: ${message}`));
}

function frame(reply: { ok: unknown } | { error: string }): Buffer {
  let payload = Buffer.from(JSON.stringify(reply));
  if (payload.length > LONGEST) payload = Buffer.from('{"error":"too long"}');
  const prefix = Buffer.alloc(4);
  prefix.writeInt32LE(payload.length);
  return Buffer.concat([prefix, payload]);
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
    Number.isInteger(times) && times >= 0 && times * text.length <= LONGEST
  ) return text.repeat(text === "" ? 0 : times);
  throw new Error("no such thing");
}
