// in the style of node:dgram: events, and a record of counts
import { createSocket } from "node:dgram";
import { explain, runServer } from "@lessons/program.ts";

await runServer({ port: 8004 }, async ({ address: { hostname, port } }) => {
  const socket = createSocket("udp4");
  const counts: Record<string, number> = {};
  socket.on("listening", () => {
    const { address, port } = socket.address();
    console.log(`listening on ${address}:${port}`);
  });
  socket.on("message", (message, { address, port }) => {
    const client = `${address}:${port}`;
    const n = counts[client] = (counts[client] ?? 0) + 1;
    const request = message.toString("utf8");
    const space = request.indexOf(" ");
    const id = request.slice(0, Math.max(space, 0));
    if (id === "" || [...id].some((c) => c < "0" || c > "9")) return;
    const answer = `${id} ${n} ${request.slice(space + 1).toUpperCase()}`;
    socket.send(answer, port, address, (error) => {
      if (error) console.log(`not sent to ${client}: ${error.message}`);
    });
  });
  const { promise, reject } = Promise.withResolvers<never>();
  socket.on("error", (error) => {
    reject(
      new Error(
        explain(error, `${hostname}:${port}`) ??
          `cannot listen on ${hostname}:${port}: ${error.message}`,
      ),
    );
  });
  socket.bind(port, hostname);
  await promise;
});
