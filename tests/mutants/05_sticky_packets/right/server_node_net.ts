// node:net and events: each chunk is answered with one write
import { createServer, type Socket } from "node:net";
import { runServer } from "@lessons/program.ts";

const LONGEST = 1024 * 1024;

await runServer({ port: 8005 }, async ({ address }) => {
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
  console.log(`connected ${socket.remoteAddress}:${socket.remotePort}`);
  let rest = Buffer.alloc(0);
  let isTooLong = false;
  socket.on("data", (chunk: Buffer) => {
    if (isTooLong) return;
    rest = Buffer.concat([rest, chunk]);
    let answers = "";
    for (let lf; (lf = rest.indexOf("\n")) !== -1 && lf <= LONGEST;) {
      const line = rest.subarray(0, lf).toString();
      answers += `${line.replace(/\r$/, "").toUpperCase()}\n`;
      rest = rest.subarray(lf + 1);
    }
    if (rest.length > LONGEST) {
      isTooLong = true;
      socket.end(`${answers}error: line longer than ${LONGEST} bytes\n`);
    } else if (answers !== "" && !socket.write(answers)) {
      socket.pause();
    }
  });
  socket.on("drain", () => socket.resume());
  socket.on("end", () => {
    if (isTooLong) return;
    socket.end(rest.length > 0 ? `${rest.toString().toUpperCase()}\n` : "");
  });
  socket.on("error", ({ message }) => console.log(message));
}
