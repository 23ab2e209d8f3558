/**
 * A school to try a server with: its administrator, courses and students.
 *
 * @module
 */
import type { ServerActor } from "../../kit/actors.ts";
import { Failure } from "../../kit/failure.ts";
import { within } from "../../kit/guard.ts";
import { quoteLine } from "../../kit/bytes.ts";
import { frames } from "../../kit/expectations/frames.ts";
import {
  json,
  jsonWhere,
  type WantedJson,
} from "../../kit/expectations/json.ts";
import { frame } from "../../kit/frames.ts";
import type { Scene } from "../../kit/scene.ts";
import type { Script, Whose } from "../../kit/script.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";

/** The file that the servers share. */
const DATA = ["--data", "school.db", "--cost", "2"];

const PASSWORD = "correct horse";

/** An object of JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** A course to be added. */
export interface Course {
  readonly code: string;
  readonly seats: number;
  readonly slots: readonly string[];
}

/** A request that was sent before, and its reply. */
export interface Exchange {
  readonly request: Fields;
  readonly reply: Fields;
}

/** Whether a value is an object of JSON. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Somebody who is logged in, over one connection. */
export class Member {
  #count = 0;

  constructor(
    readonly peer: TcpPeer,
    readonly name: string,
    readonly token: string,
  ) {}

  /** A request of theirs, with an id that they have not used. */
  request(fields: Fields): Fields {
    return {
      id: `${this.name} ${++this.#count}`,
      ...fields,
      token: this.token,
    };
  }

  /** They ask, and the reply has this under `ok`. */
  async gets(fields: Fields, ok: unknown): Promise<Exchange> {
    const request = this.request(fields);
    return await this.#asks(request, json({ id: request.id, ok }));
  }

  /** They ask, and are refused. */
  async isRefused(fields: Fields): Promise<Exchange> {
    const request = this.request(fields);
    return await this.#asks(request, errorFor(request.id));
  }

  /** They ask with an id that they have used for something else, and are refused. */
  async isRefusedAs(id: unknown, fields: Fields): Promise<void> {
    const request = { ...this.request(fields), id };
    await this.#asks(request, errorFor(id));
  }

  /** They send a request again, perhaps over another connection, and get what they got. */
  async repeats({ request, reply }: Exchange, peer = this.peer): Promise<void> {
    await ask(peer, request, json(reply));
  }

  /** They are told something that they have not asked for. */
  async isTold(event: Fields): Promise<void> {
    await this.peer.gets(frames(json(event)));
  }

  /** Their courses are these. */
  async has(
    seated: readonly string[],
    waiting: readonly string[] = [],
  ): Promise<void> {
    await this.gets({ op: "timetable" }, { seated, waiting });
  }

  async #asks(request: Fields, wanted: WantedJson): Promise<Exchange> {
    return { request, reply: await ask(this.peer, request, wanted) };
  }
}

/** Which server each of them talks to. */
const servers = new WeakMap<TcpPeer, ServerActor>();

/** How long a server may take for its last words, in milliseconds. */
const LAST_WORDS_MS = 300;

/** What every server prints of its clients: it explains nothing. */
const USUAL = /^(listening on|connected|left) /;

/** What one of these servers printed last that may say why it hung up, as the end of a clause; often nothing. */
export async function lastLine(
  script: Scene,
  ...servers: readonly ServerActor[]
): Promise<string> {
  for (const { program } of servers) {
    await program.lastWords(within(LAST_WORDS_MS, script.patience));
    const line = program.stdout.trimEnd().split("\n")
      .findLast((line) => line !== "" && !USUAL.test(line));
    if (line !== undefined) return `, and printed ${quoteLine(line)}`;
  }
  return "";
}

/** Somebody asks. @returns The reply. */
async function ask(
  peer: TcpPeer,
  request: Fields,
  wanted: WantedJson,
): Promise<Fields> {
  const sent = frame(JSON.stringify(request));
  let reply: Fields = {};
  const rightFrame = frames({
    ...wanted,
    answers: sent,
    isRight(data) {
      if (!wanted.isRight(data)) return false;
      const text = typeof data === "string"
        ? data
        : new TextDecoder().decode(data);
      reply = JSON.parse(text);
      return true;
    },
  });
  try {
    await peer.asks(sent, rightFrame);
    return reply;
  } catch (error) {
    const server = servers.get(peer);
    const hasHungUp = error instanceof Failure && peer.inbox.hasEnded;
    if (!hasHungUp || !server) throw error;
    const why = await lastLine(peer.scene, server);
    const expected = "; it was expected";
    const message = error.message.replace(expected, () => `${why}${expected}`);
    throw new Failure(message, error.seen);
  }
}

function errorFor(id: unknown): WantedJson {
  return jsonWhere(
    JSON.stringify({ id, error: "..." }),
    (value) =>
      isFields(value) && value.id === id && typeof value.error === "string" &&
      !("ok" in value),
  );
}

/** A server starts on the file that there is. */
export async function startAgain(script: Script): Promise<ServerActor> {
  return await script.startServer({ args: DATA });
}

/** A server is killed. */
export async function kill(server: ServerActor): Promise<void> {
  await server.scene.step(`${server.label} is killed`, () => {
    server.program.kill();
  });
  await server.ends();
}

/** A new school, with its selection open. */
export async function openSchool(
  script: Script,
  ...courses: readonly Course[]
): Promise<{ server: ServerActor; admin: Member }> {
  return await openSchoolOf("your", script, ...courses);
}

/** The same, with a server of somebody's. */
export async function openSchoolOf(
  whose: Whose,
  script: Script,
  ...courses: readonly Course[]
): Promise<{ server: ServerActor; admin: Member }> {
  const args = [...DATA, "--admin", "root"];
  const server = await script.launchServer(0, { args, whose });
  await server.hears(PASSWORD);
  await server.listens();
  const admin = await logIn(script, server, "root", "login");
  await admin.gets(
    { op: "add_teacher", name: "Ms Frame", password: PASSWORD },
    true,
  );
  for (const course of courses) await addCourse(admin, course);
  await admin.gets({ op: "open" }, true);
  return { server, admin };
}

/** The administrator adds a course. */
export async function addCourse(
  admin: Member,
  { code, seats, slots }: Course,
): Promise<void> {
  await admin.gets({
    ...{ op: "add_course", code, title: `All about ${code}` },
    ...{ seats, slots, teacher: "Ms Frame" },
  }, true);
}

/** What somebody is, for a verdict; all others are students. */
const ROLES = new Map([["root", "admin"], ["Ms Frame", "teacher"]]);

/** Somebody connects and signs up, or logs in. */
export async function logIn(
  script: Script,
  server: ServerActor,
  name: string,
  op: "signup" | "login" = "signup",
): Promise<Member> {
  const peer = await script.connect(server, { us: name });
  servers.set(peer, server);
  const request = { id: "0", op, name, password: PASSWORD };
  const role = ROLES.get(name) ?? "student";
  const { ok } = await ask(
    peer,
    request,
    jsonWhere(
      JSON.stringify({ id: "0", ok: { token: "...", role } }),
      (value) =>
        isFields(value) && value.id === "0" && isFields(value.ok) &&
        typeof value.ok.token === "string",
    ),
  );
  const token = isFields(ok) ? String(ok.token) : "";
  return new Member(peer, name, token);
}

/** Who has a seat in a course, by the administrator's list. */
export async function hasStudents(
  admin: Member,
  course: string,
  names: readonly string[],
): Promise<void> {
  const wanted = names.toSorted();
  const list = wanted.map((student) => ({ student, grade: null }));
  await admin.gets({ op: "students", course }, list);
}

/** Something is not as it should be, and by this it is known. */
export function wrong(message: string, found: string): Failure {
  return new Failure(message, { found });
}
