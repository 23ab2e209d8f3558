// this is what a program does that counts two clients as one: a client is an address with its port
import { explain, runServer } from "@lessons/program.ts";

await runServer({ port: 8004 }, async ({ address, say }) => {
  const socket = Deno.listenDatagram({ ...address, transport: "udp" });
  say.listening(socket);

  const counts = new Map<string, number>();
  while (true) {
    const [request, client] = await socket.receive();
    const host = "hostname" in client ? client.hostname : "";
    const n = (counts.get(host) ?? 0) + 1;
    counts.set(host, n);
    const [, id, text] =
      /^(\d+) (.*)$/s.exec(new TextDecoder().decode(request)) ?? [];
    if (id === undefined || text === undefined) continue;
    const answer = `${id} ${n} ${text.toUpperCase()}`;
    await socket.send(new TextEncoder().encode(answer), client)
      .catch((error) => console.log(explain(error, "the client")));
  }
});
