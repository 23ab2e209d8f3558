// in the style of node:net: events and callbacks
import { connect } from "node:net";
import { runClient, UsageError } from "@lessons/program.ts";

await runClient(
  { port: 8001, words: "MESSAGE..." },
  async ({ address, words }) => {
    const message = words.join(" ");
    if (message === "") throw new UsageError("nothing to send");
    await new Promise<void>((resolve) => {
      const socket = connect(address.port, address.hostname);
      const where = `${address.hostname}:${address.port}`;
      let total = 0;
      const fail = (text: string) => {
        console.error(`error: ${text}`);
        Deno.exit(1);
      };
      socket.on("connect", () => socket.write(message));
      socket.on("data", (data: Uint8Array) => {
        total += data.length;
        Deno.stdout.writeSync(data);
      });
      socket.on(
        "error",
        (error) => fail(`${where}: ${error.message}`),
      );
      socket.on("end", () => {
        if (total === 0) {
          fail("the server closed without answering");
        }
        resolve();
      });
    });
  },
);
