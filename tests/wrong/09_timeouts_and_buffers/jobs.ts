/**
 * What the wrong answers share: flags, and a task for each client; nothing is
 * wrong with that.
 *
 * @module
 */
import {
  type Address,
  formatAddress,
  numberOf,
  runClient,
  runServer,
  typedLines,
} from "@lessons/program.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";

const TIME = { least: 1, most: 3_600_000 };

/** What a server's flags say. */
export interface Limits {
  readonly jobs: number;
  readonly idle: number;
}

/** Serves clients, each in a task of its own, until a Ctrl-C. */
export async function openServer(
  serve: (conn: Deno.Conn, limits: Limits) => Promise<void>,
): Promise<void> {
  const flags = { jobs: "N", idle: "MS", stall: "MS", grace: "MS" } as const;
  await runServer({ port: 8009, flags }, async ({ address, flag, say }) => {
    const limits = {
      jobs: numberOf("jobs", flag("jobs") ?? "16", { least: 1, most: 1000 }),
      idle: numberOf("idle", flag("idle") ?? "30000", TIME),
    };
    using listener = Deno.listen(address);
    say.listening(listener);
    while (true) {
      const conn = await listener.accept();
      say.connected(conn);
      serve(conn, limits).catch(() => {}).finally(() => conn[Symbol.dispose]());
    }
  });
}

/** The time and the answer of a job. */
export function jobOf(line: string): { ms: number; answer: string } {
  const [, id = "", ms = "", text = ""] = /^(\d+) (\d+) (.*)$/.exec(line) ?? [];
  return { ms: Number(ms), answer: `${id} ${text.toUpperCase()}` };
}

/** Does a job, and answers it. */
export async function doJob(conn: Deno.Conn, line: string): Promise<void> {
  const { ms, answer } = jobOf(line);
  await delay(ms);
  await writeLine(conn, answer);
}

/** Waits. */
export async function delay(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** What a client's flags say. */
export interface Effort {
  readonly address: Address;
  readonly timeout: number;
  readonly tries: number;
  readonly heartbeat: number;
}

/** Asks for each line; where there is no answer, says so. @param ask Gives the answer, or says how long it tried. */
export async function openClient(
  ask: (
    request: string,
    id: string,
    effort: Effort,
  ) => Promise<string | { how: string }>,
): Promise<void> {
  const flags = { timeout: "MS", tries: "N", heartbeat: "MS" } as const;
  await runClient({ port: 8009, flags }, async ({ address, flag }) => {
    const heartbeat = flag("heartbeat");
    const effort = {
      address,
      timeout: numberOf("timeout", flag("timeout") ?? "1000", TIME),
      tries: numberOf("tries", flag("tries") ?? "3", { least: 1, most: 100 }),
      heartbeat: heartbeat === undefined
        ? 0
        : numberOf("heartbeat", heartbeat, TIME),
    };
    let number = 0;
    for await (const line of typedLines()) {
      number++;
      const answer = await ask(`${number} ${line}`, String(number), effort);
      if (typeof answer === "string") console.log(answer);
      else {
        console.error(
          `error: no answer to line ${number} from ${
            formatAddress(address)
          } ${answer.how}`,
        );
      }
    }
  });
}
