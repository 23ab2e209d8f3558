// web streams, a narrow umask from the start, and a ready line with the whole path
import { runPathServer } from "@lessons/program.ts";

const store = new Map<string, string>();

async function pidAt(path: string): Promise<number | "mute" | "none"> {
  let conn: Deno.UnixConn;
  try {
    conn = await Deno.connect({ transport: "unix", path });
  } catch (error) {
    return error instanceof Deno.errors.ConnectionRefused ? "none" : "mute";
  }
  using open = conn;
  const read = async () => {
    await open.write(new TextEncoder().encode("pid\n"));
    const buffer = new Uint8Array(100);
    let text = "";
    while (!text.includes("\n")) {
      const count = await open.read(buffer);
      if (count === null) break;
      text += new TextDecoder().decode(buffer.subarray(0, count));
    }
    const pid = Number(/^ok (\d+)\n/.exec(text)?.[1]);
    return pid > 0 ? pid : "mute";
  };
  const isOver = new Promise<"mute">((resolve) =>
    setTimeout(resolve, 600, "mute")
  );
  return await Promise.race([read().catch(() => "mute" as const), isOver]);
}

/** Lines, and not what stands behind the last LF. */
class Lines extends TransformStream<string, string> {
  constructor() {
    let rest = "";
    super({
      transform(text, controller) {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) controller.enqueue(line);
      },
    });
  }
}

Deno.umask(0o177);
await runPathServer({ path: "echo.sock" }, async ({ address, onCtrlC }) => {
  const { path } = address;
  const lock = await Deno.open(`${path}.lock`, { create: true, append: true });
  await lock.lock(true);
  const info = await Deno.lstat(path).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  if (info && !info.isSocket) throw new Error(`${path} is something else`);
  if (info) {
    const who = await pidAt(path);
    if (who === "mute") {
      throw new Error(`${path} is taken: nobody says by whom`);
    }
    if (who !== "none") {
      throw new Error(`${path} is taken: process ${who} answers there`);
    }
    await Deno.remove(path);
  }
  const listener = Deno.listen(address);
  const leave = () => {
    lock.lockSync(true);
    Deno.removeSync(path);
    Deno.exit(0);
  };
  onCtrlC(leave);
  lock.unlockSync();
  console.log(`listening on ${listener.addr.path}`);
  for await (const conn of listener) {
    bytesOf(conn)
      .pipeThrough(new TextDecoderStream("utf-8", { ignoreBOM: true }))
      .pipeThrough(new Lines())
      .pipeThrough(
        new TransformStream({
          transform(line, controller) {
            controller.enqueue(`${reply(line)}\n`);
            if (line === "stop") setTimeout(leave, 20);
          },
        }),
      )
      .pipeThrough(new TextEncoderStream())
      .pipeTo(conn.writable).catch(() => {});
  }
});

/** Unlike `conn.readable` it leaves the connection open at its end: there are answers to send. */
function bytesOf(conn: Deno.Conn): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const buffer = new Uint8Array(4096);
      const count = await conn.read(buffer);
      if (count === null) controller.close();
      else controller.enqueue(buffer.subarray(0, count));
    },
  });
}

function reply(line: string): string {
  const blank = line.indexOf(" ");
  const verb = blank === -1 ? line : line.slice(0, blank);
  const rest = blank === -1 ? "" : line.slice(blank + 1);
  switch (blank === -1 ? verb : `${verb} …`) {
    case "list":
      return ["ok", ...store.keys()].join(" ");
    case "pid":
      return `ok ${Deno.pid}`;
    case "stop":
      return "ok";
    case "get …":
      return store.has(rest) ? `ok ${store.get(rest)}` : "error: no such name";
    case "set …": {
      const end = rest.indexOf(" ");
      if (end < 1 || end === rest.length - 1) break;
      store.set(rest.slice(0, end), rest.slice(end + 1));
      return "ok";
    }
  }
  return "error: set, get, list, pid, stop";
}
