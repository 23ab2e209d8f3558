// in the style of classes, with answers that are sent side by side
import { formatAddress, runServer } from "@lessons/program.ts";

class Request {
  static parse(text: string): Request | undefined {
    const parts = text.match(/^(?<id>[0-9]+) (?<text>[^]*)$/)?.groups;
    return parts && new Request(parts.id ?? "", parts.text ?? "");
  }
  private constructor(readonly id: string, readonly text: string) {}
  answer(n: number): Uint8Array {
    return new TextEncoder().encode(
      [this.id, n, this.text.toLocaleUpperCase("en")].join(" "),
    );
  }
}

class Service {
  readonly #seen: string[] = [];
  constructor(readonly socket: Deno.DatagramConn) {}

  async run(): Promise<void> {
    const buffer = new Uint8Array(65_536);
    while (true) {
      const [bytes, from] = await this.socket.receive(buffer);
      this.#seen.push(formatAddress(from));
      this.#serve(new TextDecoder().decode(bytes), from)
        .catch((error: Error) => console.log(error.message));
    }
  }

  async #serve(text: string, from: Deno.Addr): Promise<void> {
    const who = formatAddress(from);
    const n = this.#seen.filter((one) => one === who).length;
    const answer = Request.parse(text)?.answer(n);
    if (answer) await this.socket.send(answer, from);
  }
}

await runServer({ port: 8004 }, async ({ address, say }) => {
  const socket = Deno.listenDatagram({ ...address, transport: "udp" });
  say.listening(socket);
  await new Service(socket).run();
});
