// in the style of a class that keeps its one receive, and bytes written to stdout
import {
  explain,
  formatAddress,
  numberOf,
  runClient,
  typedLines,
} from "@lessons/program.ts";

class Mailbox {
  #pending: Promise<[Uint8Array, Deno.Addr]> | undefined;
  constructor(readonly socket: Deno.DatagramConn) {}

  /** The next datagram that comes until then. */
  async next(until: number): Promise<[string, Deno.Addr] | undefined> {
    this.#pending ??= this.socket.receive();
    const { promise: tooLate, resolve } = Promise.withResolvers<undefined>();
    const left = Math.max(0, until - performance.now());
    const timer = setTimeout(() => resolve(undefined), left);
    const came = await Promise.race([this.#pending, tooLate]);
    clearTimeout(timer);
    if (!came) return undefined;
    this.#pending = undefined;
    return [new TextDecoder().decode(came[0]), came[1]];
  }
}

await runClient(
  { port: 8004, flags: { timeout: "MS", tries: "N" } },
  async ({ address: { hostname, port }, flag }) => {
    const whole = { least: 1, most: 999_999 };
    const timeout = numberOf("timeout", flag("timeout") ?? "200", whole);
    const tries = numberOf("tries", flag("tries") ?? "3", whole);
    const socket = Deno.listenDatagram({
      hostname: "127.0.0.1",
      port: 0,
      transport: "udp",
    });
    const mailbox = new Mailbox(socket);

    async function tryOnce(id: number, line: string) {
      const request = new TextEncoder().encode(`${id} ${line}`);
      await socket.send(request, { transport: "udp", hostname, port });
      const until = performance.now() + timeout;
      for (let mail; (mail = await mailbox.next(until)) !== undefined;) {
        const [text, from] = mail;
        if (formatAddress(from) !== `${hostname}:${port}`) continue;
        const [itsId, n = "", ...words] = text.split(" ");
        if (itsId !== `${id}` || !/^\d+$/.test(n) || words.length === 0) {
          continue;
        }
        return words.join(" ");
      }
      return undefined;
    }

    let id = 1;
    let isGood = true;
    for await (const line of typedLines("")) {
      try {
        let answer: string | undefined;
        for (let i = 0; i < tries; i++) {
          answer = await tryOnce(id, line);
          if (answer !== undefined) break;
        }
        if (answer === undefined) {
          throw new Error(
            `no answer from ${hostname}:${port} after ${tries} tries`,
          );
        }
        await Deno.stdout.write(new TextEncoder().encode(answer + "\n"));
      } catch (error) {
        isGood = false;
        console.error("error: " + explain(error, `${hostname}:${port}`));
      }
      id += 1;
    }
    socket.close();
    if (!isGood) Deno.exit(1);
  },
);
