// web streams: lines are a TransformStream, and each client is a pipe
import { runServer } from "@lessons/program.ts";

const LONGEST = 1024 * 1024;

class TooLong extends Error {}

/** Bytes to lines, as bytes without their ends. */
class Lines extends TransformStream<Uint8Array, Uint8Array> {
  constructor() {
    let parts: Uint8Array[] = [];
    let length = 0;
    const take = () => {
      const line = new Uint8Array(length);
      let at = 0;
      for (const part of parts) {
        line.set(part, at);
        at += part.length;
      }
      parts = [];
      length = 0;
      return line;
    };
    const add = (part: Uint8Array) => {
      parts.push(part);
      length += part.length;
      if (length > LONGEST) throw new TooLong();
    };
    super({
      transform(chunk, controller) {
        for (let lf; (lf = chunk.indexOf(10)) !== -1;) {
          add(chunk.subarray(0, lf));
          const line = take();
          controller.enqueue(line.at(-1) === 13 ? line.subarray(0, -1) : line);
          chunk = chunk.subarray(lf + 1);
        }
        if (chunk.length > 0) add(chunk.slice());
      },
      flush(controller) {
        if (length > 0) controller.enqueue(take());
      },
    });
  }
}

await runServer({ port: 8005 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);
  while (true) {
    try {
      const conn = await listener.accept();
      say.connected(conn);
      serve(conn).catch((error) => console.log(`${error}`));
    } catch (error) {
      console.log(`${error}`);
    }
  }
});

async function serve(conn: Deno.TcpConn): Promise<void> {
  const source = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = new Uint8Array(16 * 1024);
      const count = await conn.read(chunk);
      if (count === null) controller.close();
      else controller.enqueue(chunk.subarray(0, count));
    },
  });
  const writer = conn.writable.getWriter();
  const send = (line: string) =>
    writer.write(new TextEncoder().encode(`${line}\n`));
  try {
    for await (const line of source.pipeThrough(new Lines())) {
      const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
      await send(decoder.decode(line).toUpperCase());
    }
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
    await send(`error: line longer than ${LONGEST} bytes`);
    await conn.closeWrite();
    while (await conn.read(new Uint8Array(65536)) !== null);
  } finally {
    conn.close();
  }
}
