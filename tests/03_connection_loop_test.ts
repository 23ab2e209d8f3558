/**
 * The check of lesson 03, "never goes down".
 *
 * One read may be taken for one message here, as in lesson 02, so no two
 * messages ever travel together.
 *
 * @module
 */
import type { ServerActor } from "../kit/actors.ts";
import { type Case, type Check, WITH_SIGNALS } from "../kit/case.ts";
import { clientCase, serverCase } from "../kit/cases.ts";
import { end } from "../kit/expectations/end.ts";
import { Failure } from "../kit/failure.ts";
import { halfClose } from "../kit/faults/half_close.ts";
import { hangUp } from "../kit/faults/hang_up.ts";
import { reset } from "../kit/faults/reset.ts";
import { freePort } from "../kit/free_port.ts";
import { pairMatrix } from "../kit/pairs.ts";
import { register } from "../kit/register.ts";
import type { Script } from "../kit/script.ts";
import type { TcpPeer } from "../kit/tcp_peer.ts";
import {
  characters,
  impatient,
  oneClient,
  resetIsFatal,
  retriesForEver,
} from "./03_connection_loop/misunderstandings.ts";
import { python } from "./03_connection_loop/pair_cases.ts";

/** It is a client's turn: it is accepted and greeted. */
async function greets(
  server: ServerActor,
  client: TcpPeer,
  number: number,
): Promise<void> {
  await server.connected(client);
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

const serverCases: Case[] = [
  serverCase(
    "greets a client, answers it, and says when it has left",
    {},
    async ({ server, client }) => {
      await greets(server, client, 1);
      await ask(client, "hello");
      await ask(client, "你好 baby");
      await client.does(hangUp());
      await server.prints("client #1 left after 2 messages");
    },
  ),
  {
    name: "server takes the next client when one has left",
    role: "server",
    known: [oneClient],
    async script(script) {
      const server = await script.startServer();
      for (const number of [1, 2, 3]) {
        const client = await meet(script, server, number);
        await ask(client, "hello");
        await client.does(hangUp());
        await server.prints(`client #${number} left after 1 messages`);
      }
    },
  },
  serverCase("takes a client that leaves without a word", {
    known: [oneClient],
  }, async ({ script, server, client: silent }) => {
    await greets(server, silent, 1);
    await silent.does(halfClose());
    await silent.gets(end());
    await server.prints("client #1 left after 0 messages");
    await ask(await meet(script, server, 2), "hello");
  }),
  serverCase("outlives a client that resets the connection", {
    known: [resetIsFatal],
    canReset: true,
  }, async ({ script, server, client: crashing }) => {
    await greets(server, crashing, 1);
    await ask(crashing, "hello");
    await crashing.does(reset());
    await server.prints("client #1 left after 1 messages");
    await ask(await meet(script, server, 2), "hello");
  }),
  serverCase("outlives a client that breaks off in the queue", {
    only: ["linux"], // elsewhere such a client may be accepted, and counted
    known: [resetIsFatal],
  }, async ({ script, server, client: first }) => {
    await greets(server, first, 1);
    const waiting = await script.connect(server, { canReset: true });
    await waiting.does(reset());
    await ask(first, "hello"); // a round trip: the reset has left our process by now
    const third = await script.connect(server);
    await first.does(hangUp());
    await third.gets("you are client #2");
    await ask(third, "hello");
  }),
  serverCase(
    "lets a second client wait for its turn",
    {},
    async ({ script, server, client: first }) => {
      await greets(server, first, 1);
      const second = await script.connect(server);
      await ask(first, "hello");
      await ask(first, "still me");
      await first.does(hangUp());
      await server.prints("client #1 left after 2 messages");
      await server.connected(second);
      await second.gets("you are client #2");
      await ask(second, "my turn");
    },
  ),
  serverCase(
    "counts clients, messages and bytes",
    { known: [characters] },
    async ({ script, server, client: first }) => {
      await greets(server, first, 1);
      await ask(first, "stats", "clients=1 messages=0 bytes=0");
      await ask(first, "hello");
      await ask(first, "stats", "clients=1 messages=1 bytes=5");
      await ask(first, "你好");
      await ask(first, "stats", "clients=1 messages=2 bytes=11");
      await first.does(hangUp());
      await server.prints("client #1 left after 2 messages");
      const second = await meet(script, server, 2);
      await ask(second, "Stats");
      await ask(second, "stats", "clients=2 messages=3 bytes=16");
    },
  ),
  {
    name: "server serves 100 clients in a row",
    role: "server",
    known: [oneClient],
    async script(script) {
      const server = await script.startServer();
      for (let number = 1; number <= 100; number++) {
        const client = await meet(script, server, number);
        await ask(client, "hi");
        await client.does(hangUp());
        await server.prints(`client #${number} left after 1 messages`);
      }
      const last = await meet(script, server, 101);
      await ask(last, "stats", "clients=101 messages=100 bytes=200");
    },
  },
  serverCase("prints its totals on Ctrl-C when nobody is connected", {
    only: WITH_SIGNALS,
  }, async ({ server, client }) => {
    await greets(server, client, 1);
    await ask(client, "hello");
    await client.does(hangUp());
    await server.prints("client #1 left after 1 messages");
    await server.getsCtrlC();
    await server.prints("clients=1 messages=1 bytes=5");
    await server.endsWell();
  }),
  serverCase("ends on Ctrl-C in the middle of a conversation", {
    only: WITH_SIGNALS,
  }, async ({ server, client }) => {
    await greets(server, client, 1);
    await ask(client, "hello");
    await server.getsCtrlC();
    await server.prints("clients=1 messages=1 bytes=5");
    await client.gets(end());
    await server.endsWell();
  }),
  serverCase("can be started again on the same port at once", {
    only: WITH_SIGNALS,
  }, async ({ script, server, client }) => {
    await greets(server, client, 1);
    await ask(client, "hello");
    await server.getsCtrlC();
    await server.prints("clients=1 messages=1 bytes=5");
    await server.endsWell();
    const again = await script.launchServer(server.address.port);
    await again.listens();
    await ask(await meet(script, again, 1), "hello");
  }),
  {
    name: "server reports an address in use",
    role: "server",
    async script(script) {
      const other = await script.listen();
      const server = await script.launchServer(other.address.port);
      await server.gives(1, `127.0.0.1:${other.address.port}`);
    },
  },
  serverCase("hands its backlog to the system", {
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
  {
    name: "server refuses a backlog that is no number",
    role: "server",
    async script(script) {
      const server = await script.launchServer(0, {
        args: ["--backlog", "many"],
      });
      await server.gives(2, "--backlog");
    },
  },
];

const clientCases: Case[] = [
  clientCase(
    "sends nothing before it is greeted",
    { known: [impatient] },
    async ({ client, conn }) => {
      await client.hears("hello");
      await conn.does(halfClose());
      await conn.gets(end());
      await client.gives(1);
    },
  ),
  clientCase(
    "prints the greeting, then each answer",
    { known: [impatient] },
    async ({ client, conn }) => {
      await conn.sends("you are client #7");
      await client.prints("you are client #7");
      for (const text of ["hello", "你好", "   "]) {
        await client.hears(text);
        await conn.gets(text);
        await conn.sends(`<${text}>`);
        await client.prints(`<${text}>`);
      }
      await client.hears("q");
      await conn.gets(end());
      await client.endsWell();
    },
  ),
  clientCase(
    "sends nothing for an empty line, and ends with its input",
    {},
    async ({ client, conn }) => {
      await conn.sends("welcome");
      await client.prints("welcome");
      await client.hears("");
      await client.hears("after");
      await conn.gets("after");
      await conn.sends("AFTER");
      await client.prints("AFTER");
      await client.hearsNoMore();
      await conn.gets(end());
      await client.endsWell();
    },
  ),
  clientCase(
    "reports a server that resets the connection",
    { canReset: true },
    async ({ client, conn, server }) => {
      await conn.sends("welcome");
      await client.prints("welcome");
      await client.hears("hello");
      await conn.gets("hello");
      await conn.does(reset());
      await client.gives(1, `127.0.0.1:${server.address.port}`);
    },
  ),
  {
    name: "client waits for a server that comes late",
    role: "client",
    async script(script) {
      const port = freePort();
      const client = await script.launchClient(
        ["--port", `${port}`, "--wait", "10"],
      );
      await client.notes(`waiting for 127.0.0.1:${port}`);
      const server = await script.listen({ port });
      const conn = await client.connects(server);
      await conn.sends("you are client #1");
      await client.prints("you are client #1");
      await client.hears("q");
      await conn.gets(end());
      await client.endsWell(`waiting for 127.0.0.1:${port}`);
    },
  },
  {
    name: "client gives up when the time to wait is over",
    role: "client",
    known: [retriesForEver],
    async script(script) {
      const port = freePort();
      const client = await script.launchClient(
        ["--port", `${port}`, "--wait", "0.3"],
      );
      await client.notes(`waiting for 127.0.0.1:${port}`);
      await client.givesAfter(
        `waiting for 127.0.0.1:${port}`,
        1,
        `127.0.0.1:${port}`,
      );
    },
  },
  {
    name: "client does not wait unless it is told to",
    role: "client",
    async script(script) {
      const port = freePort();
      const client = await script.launchClient(["--port", `${port}`]);
      await client.gives(1, `127.0.0.1:${port}`);
    },
  },
  {
    name: "client refuses a time that is no number",
    role: "client",
    async script(script) {
      const server = await script.listen();
      const client = await script.startClient(server, ["--wait", "long"]);
      await client.gives(2, "--wait");
    },
  },
];

/** The check of lesson 03. */
export const check: Check = {
  lesson: "03_connection_loop",
  cases: [
    ...serverCases,
    ...clientCases,
    ...pairMatrix("talk one after the other", async (script, whose) => {
      const server = await script.startServer({ whose: whose.server });
      const first = await script.startClient(server, [], whose.client);
      await first.prints("you are client #1");
      const second = await script.startClient(server, [], whose.client);
      await first.answers("你好 baby", "你好 BABY");
      await first.hears("q");
      await first.endsWell();
      await second.prints("you are client #2");
      await second.answers("stats", "clients=2 messages=1 bytes=11");
      await second.hearsNoMore();
      await second.endsWell();
    }),
  ],
  own: [],
  python,
};

register(check, import.meta.url);
