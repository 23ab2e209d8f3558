// in the style of web streams: each side is a reader, and an AbortController ends both
import { runClient, typedLines } from "@lessons/program.ts";

await runClient({ port: 8002 }, async ({ address }) => {
  const conn = await Deno.connect(address);
  const done = new AbortController();
  const isGoodbye = (text: string) => text.length === 1 && "qQ".includes(text);

  async function fromKeyboard(): Promise<void> {
    const writer = conn.writable.getWriter();
    for await (const line of typedLines("")) {
      if (line.length > 0) await writer.write(new TextEncoder().encode(line));
      if (isGoodbye(line)) break;
    }
    done.abort();
  }

  async function fromPeer(): Promise<void> {
    const reader = conn.readable.getReader();
    while (true) {
      const { value, done: isOver } = await reader.read();
      if (isOver) {
        console.error("peer left");
        break;
      }
      const text = new TextDecoder().decode(value);
      if (isGoodbye(text)) break;
      console.log(`peer> ${text}`);
    }
    done.abort();
  }

  const gone = () => {
    if (!done.signal.aborted) console.error("peer left");
    done.abort();
  };
  fromKeyboard().catch(gone);
  fromPeer().catch(gone);
  await new Promise((resolve) =>
    done.signal.addEventListener("abort", resolve)
  );
  try {
    conn.close();
  } catch {
    // at its end a stream closes the connection
  }
});
