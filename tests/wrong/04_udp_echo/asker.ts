/**
 * What lesson 04's wrong clients do right.
 *
 * @module
 */
import {
  explain,
  formatAddress,
  numberOf,
  runClient,
  typedLines,
} from "@lessons/program.ts";

/** What a client is told. */
export interface Told {
  readonly server: Deno.NetAddr;
  /** How long it waits in each try, in milliseconds. */
  readonly timeout: number;
  readonly tries: number;
}

/** Sends a request until its answer comes; gives the answer's text, or `undefined` where none came. */
export type Ask = (request: Uint8Array, id: number) => Promise<
  string | undefined
>;

/** Where a client's own socket stands. */
export const own = {
  hostname: "127.0.0.1",
  port: 0,
  transport: "udp",
} as const;

/** Asks for each line that is typed. @param begin Makes what asks. */
export async function runAsker(begin: (told: Told) => Ask): Promise<void> {
  const options = { port: 8004, flags: { timeout: "MS", tries: "N" } } as const;
  await runClient(options, async ({ address, flag }) => {
    const range = { least: 1, most: 60_000 };
    const timeout = numberOf("timeout", flag("timeout") ?? "200", range);
    const tries = numberOf("tries", flag("tries") ?? "3", range);
    const server: Deno.NetAddr = { ...address, transport: "udp" };
    const where = formatAddress(server);
    const ask = begin({ server, timeout, tries });
    let hasFailed = false;
    let id = 0;
    for await (const line of typedLines()) {
      id++;
      try {
        const text = await ask(new TextEncoder().encode(`${id} ${line}`), id);
        if (text === undefined) {
          throw new Error(`no answer from ${where} after ${tries} tries`);
        }
        console.log(text);
      } catch (error) {
        console.error(`error: ${explain(error, where)}`);
        hasFailed = true;
      }
    }
    if (hasFailed) Deno.exit(1);
  });
}

/** Whether an address is that of the server. */
export function isFrom(sender: Deno.Addr, server: Deno.NetAddr): boolean {
  return formatAddress(sender) === formatAddress(server);
}

/** The text of the answer to this request, where these bytes are one. */
export function textFor(id: number, bytes: Uint8Array): string | undefined {
  const [, itsId, text] =
    /^(\d+) \d+ (.*)$/s.exec(new TextDecoder().decode(bytes)) ?? [];
  return itsId === String(id) ? text : undefined;
}

/** Settles at this time, by `performance.now()`. */
export function pause(end: number): Promise<undefined> {
  return new Promise((resolve) =>
    setTimeout(() => resolve(undefined), Math.max(0, end - performance.now()))
  );
}
