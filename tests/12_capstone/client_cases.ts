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
import { frames } from "../../kit/expectations/frames.ts";
import { jsonWhere } from "../../kit/expectations/json.ts";
import { frame } from "../../kit/frames.ts";
import type { Script } from "../../kit/script.ts";
import type { ServerPeer } from "../../kit/server_peer.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import { anyFrame, asksOnce, newId, OTHER_ID } from "./misunderstandings.ts";
import { type Fields, isFields, wrong } from "./school.ts";

const PASSWORD = "correct horse";
const TOKEN = "a-token";

/** The client under test starts, with a command. */
async function starts(
  script: Script,
  server: ServerPeer,
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

/** It connects, and logs in unless it has a token already. @returns The connection, and what it asks for. */
async function isAsked(
  server: ServerPeer,
  client: ClientActor,
  op: "select" | "drop",
): Promise<{ conn: TcpPeer; id: unknown }> {
  const conn = await client.connects(server);
  const login = { op: "login", name: "anna", password: PASSWORD };
  const { id } = await takes(conn, login);
  await replies(conn, { id, ok: { token: TOKEN, role: "student" } });
  const wish = await takes(conn, { op, course: "NET", token: TOKEN });
  return { conn, id: wish.id };
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
    await client.gives(1, "the selection is closed");
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
    await client.gives(1, "wrong name or password");
  }),
  caseOf("client", "never uses an id again for another wish", {
    guards: [18],
  }, async (script) => {
    const ids: unknown[] = [];
    for (const op of ["select", "drop", "select"] as const) {
      const server = await script.listen();
      const client = await starts(script, server, op, "NET");
      const { conn, id } = await isAsked(server, client, op);
      await replies(conn, { id, ok: { state: "dropped" } });
      await client.printsAll("dropped");
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
  caseOf("client", "tries so many times, and gives up", {
    guards: [20],
  }, async (script) => {
    const server = await script.listen();
    const client = await starts(script, server, "--tries", "2", "drop", "NET");
    for (let i = 0; i < 2; i++) {
      const { conn } = await isAsked(server, client, "drop");
      await conn.does(hangUp());
    }
    await client.gives(1, "after 2 tries");
    await client.printsAll("", 1);
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
