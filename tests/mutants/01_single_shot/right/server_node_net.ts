// node:net and events instead of promises
import { createServer } from "node:net";
import { runServer } from "@lessons/program.ts";

await runServer({ port: 8001 }, async ({ address }) => {
  const { promise: isOver, resolve, reject } = Promise.withResolvers<void>();
  const server = createServer();
  server.once("error", reject);
  server.listen(address.port, address.hostname);
  server.once("listening", () => {
    const bound = server.address();
    if (bound === null || typeof bound === "string") return;
    console.log(`listening on ${bound.address}:${bound.port}`);
  });
  server.once("connection", (socket) => {
    const client = `${socket.remoteAddress}:${socket.remotePort}`;
    console.log(`connected ${client}`);
    server.close();
    socket.once("error", (error) => {
      reject(new Error(`${client}: ${error.message}`));
    });
    socket.once("data", (bytes) => {
      const text = bytes.toString().toUpperCase();
      const answer = `${bytes.length} bytes from ${client}: ${text}\n`;
      socket.end(answer, () => socket.destroy());
    });
    socket.once("end", () => {
      if (socket.bytesRead > 0) return;
      console.log("client left without a word");
      socket.end();
    });
    socket.once("close", () => resolve());
  });
  await isOver;
});
