// node:net and events, whose sockets have a queue of their own
import { createServer, type Socket } from "node:net";
import { numberOf, runServer } from "@lessons/program.ts";

const guests = new Map<string, { name: string; socket: Socket }>();
const sockets = new Set<Socket>();

await runServer(
  { port: 8008, flags: { max: "N" } },
  async ({ address, flag, onCtrlC }) => {
    const max = numberOf("max", flag("max") ?? "100", { least: 1, most: 1000 });
    const { promise: fails, reject } = Promise.withResolvers<never>();
    const options = { allowHalfOpen: true, noDelay: true };
    const server = createServer(options, (socket) => {
      console.log(`connected ${socket.remoteAddress}:${socket.remotePort}`);
      socket.on("error", () => {});
      if (sockets.size >= max) {
        socket.end("error: the room is full\n");
      } else {
        sockets.add(socket);
        host(socket);
      }
    });
    server.once("error", reject);
    server.listen(address.port, address.hostname, () => {
      const bound = server.address();
      if (bound === null || typeof bound === "string") return;
      console.log(`listening on ${bound.address}:${bound.port}`);
    });
    onCtrlC(async () => {
      tell("* the room closes");
      const ended = [...guests.values()].map(({ socket }) =>
        new Promise<void>((resolve) => socket.end(() => resolve()))
      );
      const late = new Promise((resolve) => setTimeout(resolve, 200));
      await Promise.race([Promise.all(ended), late]);
    });
    await fails;
  },
);

function host(socket: Socket): void {
  let rest = new Uint8Array();
  let name: string | undefined;
  socket.write("welcome! what is your name?\n");
  const stop = (reason?: string) => {
    leave(socket, name);
    socket.removeAllListeners("data").resume();
    socket.end(reason === undefined ? "" : `error: ${reason}\n`);
  };
  socket.on("data", (chunk: Uint8Array) => {
    const bytes = Buffer.concat([rest, chunk]);
    let from = 0;
    for (let lf; (lf = bytes.indexOf(10, from)) !== -1; from = lf + 1) {
      let line = bytes.subarray(from, lf);
      if (line.at(-1) === 13) line = line.subarray(0, -1);
      if (line.length > 4096) return stop("your line is too long");
      const text = line.toString("utf8");
      if (name !== undefined) tell(`[${name}] ${text}`, socket);
      else if (!/^[a-z\d]{1,16}$/i.test(text)) return stop("that is no name");
      else if (guests.has(text.toLowerCase())) return stop("it is taken");
      else {
        name = text;
        const names = [...guests.values()].map(({ name }) => name).join(", ");
        socket.write(`* in the room: ${names}\n`);
        tell(`* ${name} has come`);
        guests.set(name.toLowerCase(), { name, socket });
      }
    }
    rest = bytes.subarray(from);
    if (rest.length > 4097) stop("your line is too long");
  });
  socket.on("end", () => stop());
  socket.on("close", () => leave(socket, name));
}

function leave(socket: Socket, name = "", why = ""): void {
  sockets.delete(socket);
  const key = name.toLowerCase();
  if (guests.get(key)?.socket !== socket) return;
  guests.delete(key);
  tell(`* ${name} has left${why}`);
}

function tell(line: string, from?: Socket): void {
  const slow: { name: string; socket: Socket }[] = [];
  for (const guest of guests.values()) {
    if (guest.socket === from) continue;
    guest.socket.write(`${line}\n`);
    if (guest.socket.writableLength > 256 * 1024) slow.push(guest);
  }
  for (const { name, socket } of slow) {
    leave(socket, name, " (too slow)");
    socket.destroy();
  }
}
