// a new connection for each try, and no modules of the lesson
import { numberOf, runClient, typedLines } from "@lessons/program.ts";

const flags = { timeout: "MS", tries: "N", heartbeat: "MS" } as const;

class Late extends Error {}

await runClient({ port: 8009, flags }, async ({ address, flag }) => {
  const time = { least: 1, most: 3_600_000 };
  const timeout = numberOf("timeout", flag("timeout") ?? "1000", time);
  const tries = numberOf("tries", flag("tries") ?? "3", {
    least: 1,
    most: 100,
  });
  const given = flag("heartbeat");
  const heartbeat = given ? numberOf("heartbeat", given, time) : 0;

  const once = async (id: number, line: string, signal: AbortSignal) => {
    const conn = await Deno.connect({ ...address, signal });
    const close = () => conn[Symbol.dispose]();
    signal.addEventListener("abort", close);
    let silent = 0;
    let pinger: ReturnType<typeof setInterval> | undefined;
    try {
      const say = async (text: string) => {
        let bytes = new TextEncoder().encode(`${text}\n`);
        while (bytes.length > 0) {
          bytes = bytes.subarray(await conn.write(bytes));
        }
      };
      await say(`${id} ${line}`);
      if (heartbeat > 0) {
        pinger = setInterval(() => {
          silent === 3 ? close() : say("ping").catch(close);
          silent++;
        }, heartbeat);
      }
      const decoder = new TextDecoder();
      const buffer = new Uint8Array(64 * 1024);
      let text = "";
      for (let count; (count = await conn.read(buffer)) !== null;) {
        text += decoder.decode(buffer.subarray(0, count), { stream: true });
        const lines = text.split("\n");
        text = lines.pop() ?? "";
        if (lines.includes("pong")) silent = 0;
        const answer = lines.find((one) => one.startsWith(`${id} `));
        if (answer !== undefined) return answer.slice(`${id} `.length);
      }
    } finally {
      clearInterval(pinger);
      signal.removeEventListener("abort", close);
      close();
    }
    throw new Error("closed");
  };

  let id = 0;
  let failures = 0;
  for await (const line of typedLines()) {
    id++;
    const clock = new AbortController();
    const timer = setTimeout(() => clock.abort(new Late()), timeout);
    let said = "";
    for (let tried = 1; tried <= tries; tried++) {
      try {
        const answer = await once(id, line, clock.signal);
        said = "";
        if (!answer.startsWith("error: ")) console.log(answer);
        else said = `line ${id}: ${answer.slice(7)}`;
        break;
      } catch (error) {
        if (error instanceof TypeError) throw error;
      }
      if (!clock.signal.aborted && tried < tries) {
        const pause = 50 * 2 ** (tried - 1) * (1 + Math.random());
        await new Promise<void>((resolve) => {
          const waking = setTimeout(resolve, pause);
          clock.signal.addEventListener("abort", () => {
            clearTimeout(waking);
            resolve();
          });
        });
      }
      const where = `${address.hostname}:${address.port}`;
      said = `no answer to line ${id} from ${where} `;
      if (clock.signal.aborted) {
        said += `within ${timeout} ms`;
        break;
      }
      said += `after ${tries} tries`;
    }
    clearTimeout(timer);
    if (said !== "") {
      console.error(`error: ${said}`);
      failures++;
    }
  }
  if (failures > 0) Deno.exit(1);
});
