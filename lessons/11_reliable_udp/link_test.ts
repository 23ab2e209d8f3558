import { assert, assertEquals } from "@std/assert";
import { TextLineStream } from "@std/streams/text-line-stream";

const hostname = "127.0.0.1";

/** A socket, its address, and the texts that come to it. */
class Socket implements Disposable {
  readonly #socket = Deno.listenDatagram({
    ...{ hostname, port: 0, transport: "udp" },
  });

  get address(): Deno.NetAddr {
    const { addr } = this.#socket;
    if (addr.transport !== "udp") throw new Error("Cannot tell the address");
    return addr;
  }

  async send(text: string, to: Deno.NetAddr): Promise<void> {
    await this.#socket.send(new TextEncoder().encode(text), to);
  }

  async receive(): Promise<[string, Deno.NetAddr]> {
    const [bytes, from] = await this.#socket.receive();
    if (from.transport !== "udp") throw new Error("Cannot tell who sent it");
    return [new TextDecoder().decode(bytes), from];
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }
}

/** Runs the link in front of a server, and ends it. */
async function withLink(
  { port }: Deno.NetAddr,
  flags: readonly string[],
  act: (link: Deno.NetAddr) => Promise<void>,
): Promise<void> {
  const file = new URL("link.ts", import.meta.url);
  await using link = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--allow-net=127.0.0.1", file.href],
      ...["--port", "0", "--to", String(port), ...flags],
    ],
    stdout: "piped",
  }).spawn();
  const lines = link.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  const { value = "" } = await lines.read();
  await act({
    hostname,
    port: Number(value.split(":").at(-1)),
    transport: "udp",
  });
  await lines.cancel();
}

Deno.test("the link passes datagrams on both ways, and stands for each port of the server", async () => {
  using door = new Socket();
  using own = new Socket();
  using client = new Socket();
  await withLink(door.address, [], async (link) => {
    await client.send("read", link);
    const [asked, back] = await door.receive();
    assertEquals(asked, "read");
    await own.send("data", back);
    const [answer, front] = await client.receive();
    assertEquals(answer, "data");
    assert(front.port !== link.port, "it answers from another port, too");
    await client.send("ack", front);
    assertEquals(await own.receive(), ["ack", back]);
    await door.send("again", back);
    assertEquals(await client.receive(), ["again", link]);
  });
});

Deno.test("the link loses and doubles the same ones by the same seed", async () => {
  const arrive = async (seed: string) => {
    const texts: string[] = [];
    using server = new Socket();
    using client = new Socket();
    const flags = ["--lose", "0.4", "--double", "0.3", "--seed", seed];
    await withLink(server.address, flags, async (link) => {
      for (let i = 0; i < 60; i++) await client.send(String(i), link);
      const asking = setInterval(() => client.send("end", link), 20); // behind the others, however many are lost
      for (let text = ""; text !== "end";) {
        [text] = await server.receive();
        if (text !== "end") texts.push(text);
      }
      clearInterval(asking);
    });
    return texts;
  };
  const once = await arrive("7");
  assert(new Set(once).size < 60, "some are lost");
  assert(once.length > new Set(once).size, "some are doubled");
  assertEquals(await arrive("7"), once);
  assert(String(await arrive("8")) !== String(once), "another seed");
});
