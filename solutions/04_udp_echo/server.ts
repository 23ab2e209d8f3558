/**
 * Lesson 04, solution, server: answer each request with its id, its number and its text in capitals.
 *
 *   deno run --allow-net=127.0.0.1 solutions/04_udp_echo/server.ts
 */
import { explain, formatAddress, runServer } from "@lessons/program.ts";
import { Counts } from "./counts.ts";
import { datagrams } from "./datagrams.ts";

await runServer({ port: 8004 }, async ({ address, say }) => {
  const socket = Deno.listenDatagram({ ...address, transport: "udp" });
  say.listening(socket);

  const counts = new Counts(10_000);
  for await (const [request, sender] of datagrams(socket)) {
    const client = formatAddress(sender);
    const n = counts.next(client); // each datagram counts, whatever is in it

    const [, id, text] =
      /^(\d+) (.*)$/s.exec(new TextDecoder().decode(request)) ?? [];
    if (id === undefined || text === undefined) continue; // no request: whom would an answer help?

    const answer = `${id} ${n} ${text.toUpperCase()}`;
    try {
      await socket.send(new TextEncoder().encode(answer), sender);
    } catch (error) {
      // One answer that is too long, or one client out of reach, is no reason to leave all the others alone.
      const cause = explain(error, client);
      if (cause === undefined) throw error;
      console.log(`cannot answer ${client}: ${cause}`);
    }
  }
});
