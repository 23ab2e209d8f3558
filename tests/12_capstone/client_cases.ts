/**
 * What the client does for a wish: stage 4.
 *
 * @module
 */
import type { ClientActor } from "../../kit/actors.ts";
import type { Case } from "../../kit/case.ts";
import { caseOf } from "../../kit/cases.ts";
import { chop } from "../../kit/faults/chop.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { reset } from "../../kit/faults/reset.ts";
import { freePort } from "../../kit/free_port.ts";
import { Failure } from "../../kit/failure.ts";
import { frames } from "../../kit/expectations/frames.ts";
import { jsonWhere } from "../../kit/expectations/json.ts";
import { frame } from "../../kit/frames.ts";
import { GRAIN_MS } from "../09_timeouts_and_buffers/steps.ts";
import type { Script } from "../../kit/script.ts";
import type { ServerPeer } from "../../kit/server_peer.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import { anyFrame, asksOnce, newId, OTHER_ID } from "./misunderstandings.ts";
import { type Fields, isFields, wrong } from "./school.ts";

const PASSWORD = "correct horse";
const TOKEN = "a-token";

/** The shortest pause before another try, in milliseconds. */
const PAUSE_MS = 50;

/** The client under test starts, with a command. */
async function starts(
  script: Script,
  server: Pick<ServerPeer, "place">,
  ...words: string[]
): Promise<ClientActor> {
  const client = await script.startClient(server, ["--user", "anna", ...words]);
  await client.hears(PASSWORD);
  return client;
}

/** A request comes that has these fields. @returns All of it. */
async function takes(conn: TcpPeer, wanted: Fields): Promise<Fields> {
  let request: Fields = {};
  const example = JSON.stringify({ id: "...", ...wanted });
  await conn.gets(frames(jsonWhere(example, (value) => {
    if (!isFields(value)) return false;
    const { id } = value;
    const isId = typeof id === "string" && id !== "" && id.length <= 64;
    const fields = Object.entries(wanted);
    const isRight = isId && fields.every(([key, text]) => value[key] === text);
    if (isRight) request = value;
    return isRight;
  })));
  return request;
}

/** It connects, logs in, and asks. @returns The connection, and the wish's id. */
async function isAsked(
  server: ServerPeer,
  client: ClientActor,
  op: "select" | "drop",
): Promise<{ conn: TcpPeer; id: unknown }> {
  const conn = await client.connects(server);
  return { conn, id: await logsInAndAsks(conn, op) };
}

async function logsInAndAsks(
  conn: TcpPeer,
  op: "select" | "drop",
): Promise<unknown> {
  const login = { op: "login", name: "anna", password: PASSWORD };
  const { id } = await takes(conn, login);
  await replies(conn, { id, ok: { token: TOKEN, role: "student" } });
  const wish = await takes(conn, { op, course: "NET", token: TOKEN });
  return wish.id;
}

/** The server hangs up, and it connects again, but not at once. */
async function comesBack(
  script: Script,
  server: ServerPeer,
  client: ClientActor,
  conn: TcpPeer,
): Promise<TcpPeer> {
  const start = performance.now(); // before the client can know
  await conn.does(hangUp());
  const next = await client.connects(server);
  const ms = performance.now() - start; // a busy machine makes it more, and never less
  await script.step(`no sooner than after ${PAUSE_MS} ms`, () => {
    if (ms >= PAUSE_MS - GRAIN_MS) return;
    throw new Failure(
      `your client connected again ${
        ms.toFixed(0)
      } ms after its connection was lost; it was expected to pause for ${PAUSE_MS} ms at least`,
    );
  });
  return next;
}

/** It ends with one line on stderr that has these words, and does not connect once more before. */
async function givesUp(
  script: Script,
  server: ServerPeer,
  client: ClientActor,
  words: string,
): Promise<void> {
  await script.step("your client does not connect once more", async () => {
    const call = server.accept();
    call.catch(() => {}); // nobody may call
    const found = await Promise.race([call, client.program.exits()]);
    if ("code" in found) return;
    found.close();
    throw new Failure(
      `your client connected once more; it was expected to end, with one line on stderr, "error: …" with "${words}" in it`,
    );
  });
  await client.gives(1, words);
}

async function replies(conn: TcpPeer, reply: Fields): Promise<void> {
  await conn.sends(frame(JSON.stringify(reply)));
}

/** The id is the one of the first sending. */
async function isSameId(
  script: Script,
  first: unknown,
  second: unknown,
): Promise<void> {
  await script.step("both requests have the same id", () => {
    if (first === second) return;
    throw wrong(
      `your client sent its request with the id ${
        JSON.stringify(first)
      }, and again with the id ${
        JSON.stringify(second)
      }; it was expected to keep the id`,
      OTHER_ID,
    );
  });
}

const KINDS = [
  { op: "select", ok: { state: "seated" }, printed: "seated" },
  { op: "select", ok: { state: "waiting", place: 12 }, printed: "waiting 12" },
  { op: "drop", ok: { state: "dropped" }, printed: "dropped" },
] as const;

/** The cases of stage 4. */
export const clientCases: readonly Case[] = [
  ...KINDS.map(({ op, ok, printed }) =>
    caseOf("client", `asks to ${op} a course, and prints "${printed}"`, {
      guards: [16],
    }, async (script) => {
      const server = await script.listen();
      const client = await starts(script, server, op, "NET");
      const { conn, id } = await isAsked(server, client, op);
      await replies(conn, { id, ok });
      await client.printsAll(printed);
    })
  ),
  caseOf("client", "says on one line why it is refused", {
    guards: [17],
  }, async (script) => {
    const server = await script.listen();
    const client = await starts(script, server, "select", "NET");
    const { conn, id } = await isAsked(server, client, "select");
    await replies(conn, { id, error: "the selection is closed" });
    await givesUp(script, server, client, "the selection is closed");
    await client.printsAll("", 1);
  }),
  caseOf("client", "says on one line that its password is wrong", {
    guards: [17],
  }, async (script) => {
    const server = await script.listen();
    const client = await starts(script, server, "drop", "NET");
    const conn = await client.connects(server);
    const { id } = await takes(conn, { op: "login", name: "anna" });
    await replies(conn, { id, error: "wrong name or password" });
    await givesUp(script, server, client, "wrong name or password");
  }),
  caseOf("client", "never uses an id again for another wish", {
    guards: [18],
  }, async (script) => {
    const ids: unknown[] = [];
    for (const { op, ok, printed } of [KINDS[0], KINDS[2], KINDS[0]]) {
      const server = await script.listen();
      const client = await starts(script, server, op, "NET");
      const { conn, id } = await isAsked(server, client, op);
      await replies(conn, { id, ok });
      await client.printsAll(printed);
      await script.step("its id is a new one", () => {
        if (!ids.includes(id)) return void ids.push(id);
        throw wrong(
          `your client used the id ${
            JSON.stringify(id)
          } for two wishes; it was expected to make a new one for each`,
          "",
        );
      });
    }
  }),
  caseOf("client", "asks again with the same id when the connection is lost", {
    guards: [19],
    known: [asksOnce, newId],
  }, async (script) => {
    const server = await script.listen();
    const client = await starts(script, server, "select", "NET");
    const first = await isAsked(server, client, "select");
    await first.conn.does(hangUp());
    const second = await isAsked(server, client, "select");
    await isSameId(script, first.id, second.id);
    await second.conn.sends(frame('{"id":"').subarray(0, 6), hangUp());
    const third = await isAsked(server, client, "select");
    await isSameId(script, first.id, third.id);
    await replies(third.conn, { id: third.id, ok: { state: "seated" } });
    await client.printsAll("seated");
  }),
  caseOf("client", "tries so many times, after pauses, and gives up", {
    guards: [19, 20],
  }, async (script) => {
    const server = await script.listen();
    const client = await starts(script, server, "--tries", "3", "drop", "NET");
    const first = await client.connects(server);
    await takes(first, { op: "login", name: "anna" }); // a try, though it gets no further
    const second = await comesBack(script, server, client, first);
    await logsInAndAsks(second, "drop");
    const third = await comesBack(script, server, client, second);
    await logsInAndAsks(third, "drop");
    await third.does(hangUp());
    await givesUp(script, server, client, "after 3 tries");
    await client.printsAll("", 1);
  }),
  caseOf("client", "tries again where nothing listens, and after a reset", {
    guards: [19, 20],
  }, async (script) => {
    const place = { hostname: "127.0.0.1", port: freePort() };
    const words = ["--tries", "2", "select", "NET"];
    const client = await starts(script, { place }, ...words);
    await client.gives(1, "after 2 tries");
    const server = await script.listen({ canReset: true });
    const last = ["--tries", "1", "select", "NET"];
    const other = await starts(script, server, ...last);
    const { conn } = await isAsked(server, other, "select");
    await conn.does(reset());
    await other.gives(1, "no reply from");
  }),
  caseOf("client", "takes only the reply with its own id", {
    guards: [21],
    known: [anyFrame],
  }, async (script) => {
    const server = await script.listen();
    const client = await starts(script, server, "select", "NET");
    const { conn, id } = await isAsked(server, client, "select");
    const others = [
      { event: "promoted", course: "ART" },
      { id: `${id}0`, ok: { state: "dropped" } },
      { id: null, error: "some other request" },
    ];
    for (const other of others) await conn.offers(frame(JSON.stringify(other)));
    const reply = frame(JSON.stringify({ id, ok: { state: "seated" } }));
    await conn.offers(reply, chop(1));
    await client.prints("seated");
    await client.printsAll("seated");
  }),
];
