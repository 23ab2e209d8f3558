// node:net, its events and its own time-out, over a connection that stays
import { connect, type Socket } from "node:net";
import {
  type Address,
  formatAddress,
  numberOf,
  runClient,
  typedLines,
} from "@lessons/program.ts";

const flags = { timeout: "MS", tries: "N", heartbeat: "MS" } as const;
let socket: Socket | undefined;
let rest = "";
let onLine: (line: string) => void = () => {};
let onLost: () => void = () => {};

await runClient({ port: 8009, flags }, async ({ address, flag }) => {
  const time = { least: 1, most: 3_600_000 };
  const timeout = numberOf("timeout", flag("timeout") ?? "1000", time);
  const tries = numberOf("tries", flag("tries") ?? "3", {
    least: 1,
    most: 100,
  });
  const given = flag("heartbeat");
  const heartbeat = given ? numberOf("heartbeat", given, time) : 0;
  let count = 0;
  let isGood = true;
  for await (const line of typedLines()) {
    count++;
    const end = Date.now() + timeout + 1;
    let how = `after ${tries} tries`;
    let answer: string | undefined;
    for (let tried = 0; tried < tries; tried++) {
      if (tried > 0) {
        const pause = 50 * 2 ** (tried - 1) * (1 + Math.random());
        await sleep(Math.min(pause, Math.max(0, end - Date.now())));
      }
      const result = Date.now() >= end
        ? "late"
        : await attempt(address, count, line, end, heartbeat);
      if (result === "late") {
        how = `within ${timeout} ms`;
        break;
      }
      if (typeof result === "object") {
        answer = result.text;
        break;
      }
    }
    if (answer?.startsWith("error: ")) {
      console.error(`error: line ${count}: ${answer.slice(7)}`);
      isGood = false;
    } else if (answer !== undefined) console.log(answer);
    else {
      console.error(
        `error: no answer to line ${count} from ${
          formatAddress(address)
        } ${how}`,
      );
      isGood = false;
    }
  }
  if (!isGood) Deno.exit(1);
});

function attempt(
  { hostname: host, port }: Address,
  id: number,
  line: string,
  end: number,
  heartbeat: number,
): Promise<{ text: string } | "late" | "lost"> {
  return new Promise((resolve) => {
    let silent = 0;
    let pinger: ReturnType<typeof setInterval> | undefined;
    const timer = setTimeout(() => done("late"), Math.max(0, end - Date.now()));
    const done = (what: { text: string } | "late" | "lost") => {
      clearTimeout(timer);
      clearInterval(pinger);
      onLine = () => {};
      onLost = () => {};
      if (what === "late" && socket?.connecting) {
        socket.destroy();
        socket = undefined;
      }
      resolve(what);
    };
    onLine = (text) => {
      if (text === "pong") silent = 0;
      if (text.startsWith(`${id} `)) {
        done({ text: text.slice(`${id} `.length) });
      }
    };
    onLost = () => done("lost");
    socket ??= open(host, port);
    const mine = socket;
    const ask = () => {
      mine.write(`${id} ${line}\n`);
      if (heartbeat === 0) return;
      pinger = setInterval(() => {
        if (silent++ === 3) mine.destroy();
        else mine.write("ping\n");
      }, heartbeat);
    };
    if (mine.connecting) mine.once("connect", ask);
    else ask();
  });
}

function open(host: string, port: number): Socket {
  rest = "";
  const made = connect({ host, port });
  made.setEncoding("utf8");
  made.on("data", (data: string) => {
    const lines = (rest + data).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  made.on("error", () => {});
  made.on("close", () => {
    if (socket === made) socket = undefined;
    onLost();
  });
  return made;
}

async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
