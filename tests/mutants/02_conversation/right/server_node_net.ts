// in the style of node:net and node:readline: events, no loops
import { createServer } from "node:net";
import process from "node:process";
import { createInterface } from "node:readline";
import { runServer } from "@lessons/program.ts";

await runServer({ port: 8002 }, async ({ address }) => {
  await new Promise<void>((resolve) => {
    const server = createServer((socket) => {
      console.log(`connected ${socket.remoteAddress}:${socket.remotePort}`);
      server.close();
      const keyboard = createInterface({
        input: process.stdin,
        terminal: false,
      });
      let isOver = false;
      const end = () => {
        isOver = true;
        keyboard.close();
        socket.end(() => resolve());
      };
      keyboard.on("line", (line: string) => {
        if (line !== "") socket.write(line);
        if (line === "q" || line === "Q") end();
      });
      keyboard.on("close", end);
      socket.on("data", (data: Uint8Array) => {
        const text = new TextDecoder().decode(data);
        if (text === "q" || text === "Q") return end();
        console.log(`peer> ${text}`);
      });
      const left = () => {
        if (!isOver) console.error("peer left");
        resolve();
      };
      socket.on("end", left);
      socket.on("error", left);
    });
    server.listen(address.port, address.hostname, () => {
      const bound = server.address();
      if (bound === null || typeof bound === "string") return;
      console.log(`listening on ${bound.address}:${bound.port}`);
    });
  });
});
