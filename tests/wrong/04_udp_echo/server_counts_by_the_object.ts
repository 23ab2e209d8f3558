// this is what a program does that has forgotten the client at its next datagram: it looks it up by the address object, or in a Map, that is a new one each time
import { explain, runServer } from "@lessons/program.ts";

await runServer({ port: 8004 }, async ({ address, say }) => {
  const socket = Deno.listenDatagram({ ...address, transport: "udp" });
  say.listening(socket);

  const counts = new Map<Deno.Addr, number>();
  while (true) {
    const [request, client] = await socket.receive();
    const n = (counts.get(client) ?? 0) + 1;
    counts.set(client, n);
    const [, id, text] =
      /^(\d+) (.*)$/s.exec(new TextDecoder().decode(request)) ?? [];
    if (id === undefined || text === undefined) continue;
    const answer = `${id} ${n} ${text.toUpperCase()}`;
    await socket.send(new TextEncoder().encode(answer), client)
      .catch((error) => console.log(explain(error, "the client")));
  }
});
