/**
 * Lesson 04, exercise "ask again", server.
 *
 *   deno run --allow-net=127.0.0.1 answers/04_udp_echo/server.ts
 */
import { runServer } from "@lessons/program.ts";

await runServer({ port: 8004 }, async ({ address, say }) => {
  const socket = Deno.listenDatagram({ ...address, transport: "udp" });
  say.listening(socket);

  while (true) {
    const [request, client] = await socket.receive();
    const text = new TextDecoder().decode(request);

    // TODO: a request is `<id> <text>`; what is none gets no answer, but counts.
    // TODO: answer `<id> <n> <TEXT>`, n counting the datagrams of this client.
    // TODO: an answer that cannot be sent must not end the server.
    const answer = `TODO ${text}`;
    await socket.send(new TextEncoder().encode(answer), client);
  }
});
