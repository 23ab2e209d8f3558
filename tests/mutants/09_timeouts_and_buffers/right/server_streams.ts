// streams of lines, a semaphore, and one promise that ends it all
import { formatAddress, numberOf, runServer } from "@lessons/program.ts";

const flags = { jobs: "N", idle: "MS", stall: "MS", grace: "MS" } as const;
const drain = Promise.withResolvers<void>();
const tasks = new Set<Promise<void>>();
let times = 0;

await runServer(
  { port: 8009, flags },
  async ({ address, flag, say, onCtrlC }) => {
    const time = { least: 1, most: 3_600_000 };
    const limits = {
      jobs: numberOf("jobs", flag("jobs") ?? "16", { least: 1, most: 1000 }),
      idle: numberOf("idle", flag("idle") ?? "30000", time),
      stall: numberOf("stall", flag("stall") ?? "5000", time),
    };
    const grace = numberOf("grace", flag("grace") ?? "5000", time);
    const listener = Deno.listen(address);
    say.listening(listener);
    onCtrlC(async () => {
      if (times++ > 0) return;
      listener.close();
      drain.resolve();
      await Promise.race([Promise.all(tasks), sleep(grace)]);
    });
    for await (const conn of listener) {
      say.connected(conn);
      const task = serve(conn, limits).catch((error) =>
        console.log(error.message)
      )
        .finally(() => conn[Symbol.dispose]());
      tasks.add(task);
      task.finally(() => tasks.delete(task));
    }
    await new Promise(() => {});
  },
);

async function serve(
  conn: Deno.Conn,
  limits: { jobs: number; idle: number; stall: number },
): Promise<void> {
  const jobs = new Set<Promise<void>>();
  const cut = Promise.withResolvers<"cut">();
  let last = Promise.resolve();
  let heard = performance.now();
  let isOver = false;
  const send = (line: string) =>
    last = last.then(async () => {
      let bytes = new TextEncoder().encode(`${line}\n`);
      while (bytes.length > 0) {
        const timer = setTimeout(() => cut.resolve("cut"), limits.stall);
        try {
          bytes = bytes.subarray(await conn.write(bytes));
        } finally {
          clearTimeout(timer);
        }
      }
    });
  const job = async (id: string, ms: number, text: string) => {
    await sleep(ms);
    await send(`${id} ${text.toUpperCase()}`);
    heard = performance.now();
  };
  const watch = async (): Promise<"idle"> => {
    while (true) {
      await Promise.all(jobs);
      const left = heard + limits.idle - performance.now();
      if (left <= 0 && jobs.size === 0) return "idle";
      await sleep(Math.max(1, left));
    }
  };
  const bytes = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const buffer = new Uint8Array(16 * 1024);
      const count = await conn.read(buffer);
      if (count === null) controller.close();
      else controller.enqueue(buffer.subarray(0, count));
    },
  }, { highWaterMark: 0 });
  const read = async (): Promise<"end"> => {
    let rest = "";
    const split = new TransformStream<string, string>({
      transform(part, controller) {
        const lines = (rest + part).split("\n");
        rest = lines.pop() ?? ""; // at the end: not said
        if (rest.length > 65_536) lines.push(rest); // whatever comes behind it
        for (const line of lines) controller.enqueue(line);
      },
    });
    const lines = bytes.pipeThrough(new TextDecoderStream()).pipeThrough(split);
    for await (const line of lines) {
      if (isOver || await take(line)) return "end";
    }
    return "end";
  };
  const take = async (line: string): Promise<boolean> => {
    if (new TextEncoder().encode(line).length > 65_536) {
      await send("error: line longer than 65536 bytes");
      return true;
    }
    heard = performance.now();
    if (line === "ping") {
      await send("pong");
      return false;
    }
    const [, id = "", ms, text] = /^(\d{1,9}) (\d{1,5}) (.*)$/s.exec(line) ??
      [];
    if (text === undefined || Number(ms) > 60_000) {
      const itsId = /^\d{1,9}(?= |$)/.exec(line);
      await send(`${itsId ? `${itsId[0]} ` : ""}error: no job`);
      return false;
    }
    while (jobs.size >= limits.jobs) await Promise.race(jobs);
    const task = job(id, Number(ms), text).catch(() => {});
    jobs.add(task);
    task.finally(() => jobs.delete(task));
    return false;
  };
  const how = await Promise.race([
    read(),
    watch(),
    cut.promise,
    drain.promise.then(() => "drain" as const),
  ]);
  isOver = true;
  if (how === "idle") await send(`error: idle for ${limits.idle} ms`);
  if (how !== "cut") {
    const isCut = await Promise.race([
      Promise.all(jobs).then(() => false),
      cut.promise.then(() => true),
    ]);
    if (!isCut) return await last;
  }
  console.log(`cut off ${formatAddress(conn.remoteAddr)}`);
}

async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
