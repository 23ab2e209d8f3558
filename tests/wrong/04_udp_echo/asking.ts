/**
 * The right part of the clients here: a wrong one puts its own piece in.
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

/** What is received. */
export type Datagram = [bytes: Uint8Array, sender: Deno.Addr];

/** The pieces of a client that asks again. */
export class Asking {
  #socket: Deno.DatagramConn | undefined;
  #pending: Promise<Datagram> | undefined;

  /** The socket for a try. */
  socket(): Deno.DatagramConn {
    return this.#socket ??= openSocket();
  }

  /** The next datagram. One that was waited for in vain is still waited for. */
  receive(socket: Deno.DatagramConn): Promise<Datagram> {
    return this.#pending ??= socket.receive();
  }

  /** The datagram that was waited for is taken. */
  took(): void {
    this.#pending = undefined;
  }

  /** Whether a datagram comes from the server. */
  isFrom(sender: Deno.Addr, server: Deno.NetAddr): boolean {
    return formatAddress(sender) === formatAddress(server);
  }

  /** Whether an answer is the one to this request. */
  isFor(itsId: string, id: number): boolean {
    return itsId === String(id);
  }

  /** Settles when a try's time is up. */
  async timeOut(ms: number): Promise<undefined> {
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
}

/** Opens a socket of its own at a free port. */
export function openSocket(): Deno.DatagramConn {
  return Deno.listenDatagram({
    hostname: "127.0.0.1",
    port: 0,
    transport: "udp",
  });
}

/** Runs a client of these pieces. */
export async function runAsking(asking: Asking): Promise<void> {
  const options = { port: 8004, flags: { timeout: "MS", tries: "N" } };
  await runClient(options, async ({ address, flag }) => {
    const range = { least: 1, most: 60_000 };
    const timeout = numberOf("timeout", flag("timeout") ?? "200", range);
    const tries = numberOf("tries", flag("tries") ?? "3", range);
    const server: Deno.NetAddr = { ...address, transport: "udp" };
    const where = formatAddress(server);

    const ask = async (id: number, line: string) => {
      for (let count = 1; count <= tries; count++) {
        const socket = asking.socket();
        await socket.send(new TextEncoder().encode(`${id} ${line}`), server);
        const timeOut = asking.timeOut(timeout);
        while (true) {
          const came = await Promise.race([asking.receive(socket), timeOut]);
          if (!came) break;
          asking.took();
          const [bytes, sender] = came;
          if (!asking.isFrom(sender, server)) continue;
          const [, itsId, text] =
            /^(\d+) \d+ (.*)$/s.exec(new TextDecoder().decode(bytes)) ?? [];
          if (itsId !== undefined && asking.isFor(itsId, id)) return text;
        }
      }
      throw new Error(`no answer from ${where} after ${tries} tries`);
    };

    let hasFailed = false;
    let id = 0;
    for await (const line of typedLines()) {
      try {
        console.log(await ask(++id, line));
      } catch (error) {
        console.error(`error: ${explain(error, where)}`);
        hasFailed = true;
      }
    }
    if (hasFailed) Deno.exit(1);
  });
}
