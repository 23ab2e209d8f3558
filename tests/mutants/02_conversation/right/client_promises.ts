// in the style of promise chains: each side calls itself again
import { runClient, typedLines } from "@lessons/program.ts";

await runClient(
  { port: 8002 },
  ({ address }) =>
    Deno.connect(address).then((conn) => {
      const buffer = new Uint8Array(4096);
      const lines = typedLines("");
      const isGoodbye = (text: string) => /^[qQ]$/.test(text);
      const send = (): Promise<void> =>
        lines.next().then(({ value, done }) => {
          if (done) return;
          if (value === "") return send();
          return conn.write(new TextEncoder().encode(value)).then(() =>
            isGoodbye(value) ? undefined : send()
          );
        });
      const print = (): Promise<void> =>
        conn.read(buffer).then((count) => {
          if (count === null) return console.error("peer left");
          const text = new TextDecoder().decode(buffer.slice(0, count));
          if (isGoodbye(text)) return;
          console.log("peer> " + text);
          return print();
        });
      return Promise.race([send(), print()]).catch((error) => {
        const isGone = error instanceof Deno.errors.ConnectionReset ||
          error instanceof Deno.errors.BrokenPipe;
        if (!isGone) throw error;
        console.error("peer left");
      }).finally(() => conn.close());
    }),
);
