/**
 * What lesson 03's server should do.
 *
 * @module
 */
import type { ServerActor } from "../../kit/actors.ts";
import { type Case, WITH_SIGNALS } from "../../kit/case.ts";
import { caseOf, serverCase } from "../../kit/cases.ts";
import { untilTheEnd } from "../../kit/common.ts";
import { either } from "../../kit/expectations/either.ts";
import { end } from "../../kit/expectations/end.ts";
import { like } from "../../kit/expectations/line.ts";
import { Failure } from "../../kit/failure.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { reset } from "../../kit/faults/reset.ts";
import { hasPrinted, logs, logsConnected } from "../../kit/log.ts";
import type { Script } from "../../kit/script.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import { characters, oneClient, resetIsFatal } from "./misunderstandings.ts";

/** It is a client's turn: it is accepted and greeted. */
async function greets(
  server: ServerActor,
  client: TcpPeer,
  number: number,
): Promise<void> {
  await logsConnected(server, client);
  await client.gets(`you are client #${number}`);
}

/** A client connects, and it is its turn at once. */
async function meet(
  script: Script,
  server: ServerActor,
  number: number,
): Promise<TcpPeer> {
  const client = await script.connect(server);
  await greets(server, client, number);
  return client;
}

/** One message and its answer. */
async function ask(
  client: TcpPeer,
  text: string,
  answer: string = text.toUpperCase(),
): Promise<void> {
  await client.asks(text, answer);
}

/** How long a client waits at a queue that should be full, in milliseconds. */
const QUEUE_MS = 200;

/** A client tries to connect, and the system leaves it without an answer: the server's queue is full. */
async function findsQueueFull(
  script: Script,
  server: ServerActor,
): Promise<void> {
  await script.step(
    `one more client gets no connection for ${QUEUE_MS / 1000} s`,
    async () => {
      const signal = AbortSignal.timeout(QUEUE_MS);
      try {
        const conn = await Deno.connect({ ...server.address, signal });
        conn.close();
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      throw new Failure(
        `the system took one more connection for ${server.label}; with its queue full it was expected to leave the client waiting`,
      );
    },
  );
}

/** Of two lines that a server has printed, one stands before the other. */
async function printedBefore(
  script: Script,
  server: ServerActor,
  first: string,
  second: string,
): Promise<void> {
  await script.step(
    `${server.label} had printed "${first}" before "${second}"`,
    () => {
      const lines = server.program.stdout.split(/\r?\n/);
      const isLate = lines.slice(0, lines.indexOf(first)).includes(second);
      if (!isLate) return;
      throw new Failure(
        `${server.label} accepted a second client before the first had left; it was expected to serve one at a time`,
      );
    },
  );
}

/** The server's cases. */
export const serverCases: readonly Case[] = [
  serverCase("greets a client, answers it, and says when it has left", {
    guards: [1, 3, 4, 5],
    known: [untilTheEnd],
  }, async ({ server, client }) => {
    await greets(server, client, 1);
    await ask(client, "hello");
    await ask(client, "你好  baby ");
    await ask(client, "q");
    await client.does(hangUp());
    await logs(server, "client #1 left after 3 messages");
  }),
  caseOf("server", "takes the next client when one has left", {
    guards: [1, 3, 5],
    known: [oneClient],
  }, async (script) => {
    const server = await script.startServer();
    for (const number of [1, 2, 3]) {
      const client = await meet(script, server, number);
      await ask(client, "hello");
      await client.does(hangUp());
      await logs(server, `client #${number} left after 1 messages`);
    }
  }),
  serverCase("takes a client that leaves without a word", {
    guards: [5, 6],
    known: [oneClient],
  }, async ({ script, server, client: silent }) => {
    await greets(server, silent, 1);
    await silent.does(halfClose());
    await silent.gets(end());
    await logs(server, "client #1 left after 0 messages");
    await ask(await meet(script, server, 2), "hello");
  }),
  serverCase("outlives a client that resets the connection", {
    guards: [5, 6],
    known: [resetIsFatal],
    canReset: true,
  }, async ({ script, server, client: crashing }) => {
    await greets(server, crashing, 1);
    await ask(crashing, "hello");
    await crashing.does(reset());
    await logs(server, "client #1 left after 1 messages");
    await ask(await meet(script, server, 2), "hello");
  }),
  serverCase("outlives a client that breaks off in the queue", {
    guards: [6],
    known: [resetIsFatal],
  }, async ({ script, server, client: first }) => {
    await greets(server, first, 1);
    const waiting = await script.connect(server, { canReset: true });
    await waiting.does(reset());
    await ask(first, "hello"); // a round trip: the reset has left our process by now
    const third = await script.connect(server);
    await first.does(hangUp());
    // Not all runtimes let a program have a connection that is broken off already.
    await third.gets(either("you are client #2", "you are client #3"));
    await ask(third, "hello");
  }),
  serverCase("outlives clients that have spoken and left in the queue", {
    guards: [6],
    known: [resetIsFatal],
  }, async ({ script, server, client: first }) => {
    await greets(server, first, 1);
    for (const text of ["hello", "stats"]) {
      const waiting = await script.connect(server);
      await waiting.sends(text, hangUp());
    }
    await first.does(hangUp());
    await logs(server, "client #1 left after 0 messages");
    // Whether their messages are still read depends on the system.
    for (const number of [2, 3]) {
      const left = new RegExp(`^client #${number} left after [01] messages$`);
      await logs(server, like(`"client #${number} left after …"`, left));
    }
    await ask(await meet(script, server, 4), "hello");
  }),
  serverCase("lets a second client wait for its turn", {
    guards: [2, 3],
  }, async ({ script, server, client: first }) => {
    await greets(server, first, 1);
    const second = await script.connect(server);
    await ask(first, "hello");
    await ask(first, "still me");
    await first.does(hangUp());
    const left = await logs(server, "client #1 left after 2 messages");
    await second.gets("you are client #2");
    await ask(second, "my turn");
    const accepted = `connected ${second.address}`;
    await printedBefore(script, server, left, accepted);
  }),
  serverCase("counts clients, messages and bytes", {
    guards: [4, 12, 13, 14, 15],
    known: [characters],
  }, async ({ script, server, client: first }) => {
    await greets(server, first, 1);
    await ask(first, "stats", "clients=1 messages=0 bytes=0");
    await ask(first, "hello");
    await ask(first, "stats", "clients=1 messages=1 bytes=5");
    await ask(first, "你好 ı"); // nine bytes; in capitals they are eight
    await ask(first, "stats", "clients=1 messages=2 bytes=14");
    await first.does(hangUp());
    await logs(server, "client #1 left after 2 messages");
    const second = await meet(script, server, 2);
    await ask(second, "Stats");
    await ask(second, "stats ");
    await ask(second, "stats", "clients=2 messages=4 bytes=25");
  }),
  caseOf("server", "serves 100 clients in a row", {
    guards: [3, 5, 14],
    known: [oneClient],
  }, async (script) => {
    const server = await script.startServer();
    for (let number = 1; number <= 100; number++) {
      const client = await meet(script, server, number);
      await ask(client, "hi");
      await client.does(hangUp());
      await logs(server, `client #${number} left after 1 messages`);
    }
    const last = await meet(script, server, 101);
    await ask(last, "stats", "clients=101 messages=100 bytes=200");
  }),
  serverCase("prints its totals on Ctrl-C when nobody is connected", {
    guards: [5, 16],
    only: WITH_SIGNALS,
  }, async ({ server, client }) => {
    await greets(server, client, 1);
    await ask(client, "hello");
    await client.does(hangUp());
    await logs(server, "client #1 left after 1 messages");
    await server.getsCtrlC();
    await logs(server, "clients=1 messages=1 bytes=5");
    await server.endsWell();
    await hasPrinted(server, "client #", "client #1 left after 1 messages");
    await hasPrinted(server, "clients=", "clients=1 messages=1 bytes=5");
  }),
  serverCase("ends on Ctrl-C in the middle of a conversation", {
    guards: [16],
    only: WITH_SIGNALS,
  }, async ({ server, client }) => {
    await greets(server, client, 1);
    await ask(client, "hello");
    await server.getsCtrlC();
    await logs(server, "clients=1 messages=1 bytes=5");
    await client.gets(end());
    await server.endsWell();
    await hasPrinted(server, "clients=", "clients=1 messages=1 bytes=5");
  }),
  serverCase("can be started again on the same port at once", {
    guards: [17],
    only: WITH_SIGNALS,
  }, async ({ script, server, client }) => {
    await greets(server, client, 1);
    await ask(client, "hello");
    await server.getsCtrlC();
    await server.endsWell();
    const again = await script.launchServer(server.address.port);
    await again.listens();
    await ask(await meet(script, again, 1), "hello");
  }),
  caseOf("server", "reports an address in use", {
    guards: [19],
  }, async (script) => {
    const other = await script.listen();
    const server = await script.launchServer(other.address.port);
    await server.gives(1, `127.0.0.1:${other.address.port}`);
  }),
  serverCase("hands its backlog to the system", {
    guards: [18],
    waits: true,
    only: ["linux"], // how long a queue is for a backlog differs
    server: { args: ["--backlog", "1"] },
  }, async ({ script, server, client: first }) => {
    await greets(server, first, 1);
    const second = await script.connect(server);
    const third = await script.connect(server);
    await findsQueueFull(script, server); // Linux queues one more than the backlog says
    await first.does(hangUp());
    await second.gets("you are client #2");
    await second.does(hangUp());
    await third.gets("you are client #3");
  }),
  caseOf("server", "takes a backlog from 1 to 65535, and no other", {
    guards: [18, 23],
  }, async (script) => {
    await script.startServer({ args: ["--backlog", "65535"] });
    for (const backlog of ["0", "65536", "3x"]) {
      const args = ["--backlog", backlog];
      const server = await script.launchServer(0, { args });
      await server.gives(2, "--backlog");
    }
  }),
];
