// node:net and events, which pauses what it cannot do
import { Buffer } from "node:buffer";
import { createServer, type Socket } from "node:net";
import { numberOf, runServer } from "@lessons/program.ts";

const LONGEST = 65_536;
const flags = { jobs: "N", idle: "MS", stall: "MS", grace: "MS" } as const;
const desks = new Set<{ drain: () => void }>();
let isClosing = false;

await runServer({ port: 8009, flags }, async ({ address, flag, onCtrlC }) => {
  const time = { least: 1, most: 3_600_000 };
  const jobs = numberOf("jobs", flag("jobs") ?? "16", { least: 1, most: 1000 });
  const idle = numberOf("idle", flag("idle") ?? "30000", time);
  const stall = numberOf("stall", flag("stall") ?? "5000", time);
  const grace = numberOf("grace", flag("grace") ?? "5000", time);
  const { promise: fails, reject } = Promise.withResolvers<never>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    console.log(`connected ${socket.remoteAddress}:${socket.remotePort}`);
    if (isClosing) return void socket.destroy();
    serve(socket, { jobs, idle, stall });
  });
  server.once("error", reject);
  server.listen(address.port, address.hostname, () => {
    const bound = server.address();
    if (bound === null || typeof bound === "string") return;
    console.log(`listening on ${bound.address}:${bound.port}`);
  });
  onCtrlC(async () => {
    if (isClosing) return;
    isClosing = true;
    const closed = new Promise<void>((resolve) =>
      server.close(() => resolve())
    );
    for (const desk of desks) desk.drain();
    const late = new Promise((resolve) => setTimeout(resolve, grace));
    await Promise.race([closed, late]);
  });
  await fails;
});

function serve(
  socket: Socket,
  limits: { jobs: number; idle: number; stall: number },
): void {
  const who = `${socket.remoteAddress}:${socket.remotePort}`;
  let running = 0;
  let writing = 0;
  let rest = Buffer.alloc(0);
  let isOver = false;
  let idleTimer: ReturnType<typeof setTimeout> | undefined;
  let stallTimer: ReturnType<typeof setTimeout> | undefined;
  const desk = { drain: end };
  desks.add(desk);

  function end(): void {
    isOver = true;
    clearTimeout(idleTimer);
    if (running === 0) socket.end(() => socket.destroy());
  }
  function beIdle(): void {
    clearTimeout(idleTimer);
    if (running > 0 || isOver) return;
    idleTimer = setTimeout(() => {
      send(`error: idle for ${limits.idle} ms`);
      end();
    }, limits.idle);
  }
  function send(line: string, done = () => {}): void {
    writing++;
    watch();
    socket.write(`${line}\n`, () => {
      writing--;
      watch();
      done();
    });
  }
  function watch(): void {
    clearTimeout(stallTimer);
    if (writing === 0) return;
    stallTimer = setTimeout(() => {
      console.log(`cut off ${who}`);
      socket.destroy();
    }, limits.stall);
  }
  function pump(): void {
    while (!isOver && running < limits.jobs && writing <= limits.jobs) {
      const lf = rest.indexOf("\n");
      if (lf === -1 && rest.length <= LONGEST) break;
      if (lf === -1 || lf > LONGEST) {
        send(`error: line longer than ${LONGEST} bytes`);
        return end();
      }
      const line = rest.subarray(0, lf).toString();
      rest = rest.subarray(lf + 1);
      beIdle();
      take(line);
    }
    if (isOver) return;
    const isWaiting = rest.includes("\n");
    if (isWaiting) socket.pause();
    else if (hasEnded) end();
    else socket.resume();
  }
  function take(line: string): void {
    if (line === "ping") return send("pong", pump);
    const [, id, ms, text] = /^(\d{1,9}) (\d{1,5}) ([^]*)$/.exec(line) ?? [];
    if (text === undefined || Number(ms) > 60_000) {
      const [first = ""] = line.split(" ");
      const prefix = /^\d{1,9}$/.test(first) ? `${first} ` : "";
      return send(`${prefix}error: no job`, pump);
    }
    running++;
    clearTimeout(idleTimer);
    setTimeout(() => {
      send(`${id} ${text.toUpperCase()}`, () => {
        running--;
        beIdle();
        if (isOver) end();
        else pump();
      });
    }, Number(ms));
  }

  let hasEnded = false;
  socket.on("data", (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    pump();
  });
  socket.on("end", () => {
    hasEnded = true;
    pump();
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    isOver = true;
    desks.delete(desk);
    clearTimeout(idleTimer);
    clearTimeout(stallTimer);
  });
  beIdle();
}
