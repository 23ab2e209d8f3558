/**
 * Many at once: stages 2 and 3.
 *
 * @module
 */
import type { ServerActor } from "../../kit/actors.ts";
import type { Case } from "../../kit/case.ts";
import { caseOf } from "../../kit/cases.ts";
import type { Script } from "../../kit/script.ts";
import { promisesEarly, TWICE, twoSteps } from "./misunderstandings.ts";
import {
  type Fields,
  isFields,
  lastLine,
  logIn,
  openSchool,
  startAgain,
  wrong,
} from "./school.ts";
import {
  askOnce,
  disturb,
  hasOrder,
  isAlike,
  isFair,
  isSeated,
  NOT_THERE,
  placeOf,
  said,
  signUp,
  type StormWish,
} from "./storm.ts";

const NET = { code: "NET", seats: 30, slots: ["mon-1"] };

/** How many want a seat. */
const STUDENTS = 200;

/** How often a server is killed among them. */
const KILLS = 20;

/** How many servers share the file. */
const SERVERS = 3;

function studentsFrom(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `student ${i + 1}`);
}

function wishOf(
  tokens: ReadonlyMap<string, string>,
  student: string,
  op: "select" | "drop",
  course = "NET",
): StormWish {
  return {
    student,
    request: {
      ...{ id: `${student}: ${op} ${course}`, op, course },
      token: tokens.get(student),
    },
    sent: performance.now(),
    answered: Infinity,
  };
}

/** Sends a wish, and keeps its reply. */
async function send(
  script: Script,
  server: ServerActor,
  wish: StormWish,
): Promise<void> {
  const reply = await askOnce(script, server, wish.request);
  if (!reply) return;
  wish.answered = performance.now();
  wish.reply = reply;
}

/** All of them at once. */
async function storm(
  script: Script,
  servers: readonly ServerActor[],
  names: readonly string[],
  wishFor: (name: string) => StormWish,
): Promise<StormWish[]> {
  return await Promise.all(names.map(async (name, i) => {
    const wish = wishFor(name);
    await send(script, servers[i % servers.length] ?? script.server, wish);
    return wish;
  }));
}

/** A server that nobody has killed has replied. */
async function isAnswered(
  script: Script,
  server: ServerActor,
  { student, request, reply }: StormWish,
): Promise<void> {
  if (reply) return;
  const why = await lastLine(script, server);
  throw wrong(
    `${server.label} hung up before its reply to ${student}'s ${request.op}${why}; it was expected to reply, for nobody has killed it`,
    "",
  );
}

/** Whoever was told to have a seat stands on the list of each server, and nobody else. */
async function listsAre(
  script: Script,
  servers: readonly ServerActor[],
  token: string,
  seated: readonly string[],
): Promise<void> {
  await script.step("each server lists those who have a seat", async () => {
    for (const server of servers) {
      const reply = await askOnce(script, server, {
        ...{ id: "list", op: "students", course: "NET", token },
      });
      const listed = new Set(studentsIn(reply));
      const missing = seated.filter((name) => !listed.has(name));
      const extra = [...listed].filter((name) => !seated.includes(name));
      if (missing.length === 0 && extra.length === 0) continue;
      const what = missing.length > 0
        ? `${missing[0]} is not on the list of seats, and was told to have one`
        : `${extra[0]} is on the list of seats, and was not told to have one`;
      throw wrong(
        `${what}; ${server.label} lists ${listed.size}, and ${seated.length} were told so`,
        missing.length > 0 ? NOT_THERE : "",
      );
    }
  });
}

/** Each server shows so many free seats. */
async function areLeft(
  script: Script,
  servers: readonly ServerActor[],
  left: number,
): Promise<void> {
  const says = `each server shows courses with ${left} of the seats left`;
  await script.step(says, async () => {
    for (const server of servers) {
      const reply = await askOnce(script, server, { id: "all", op: "courses" });
      const [net] = Array.isArray(reply?.ok) ? reply.ok : [];
      if (isFields(net) && net.left === left) continue;
      throw wrong(
        `${server.label} answered "courses" with ${
          said(reply)
        }; it was expected to show "left":${left}, by what it had said before`,
        "",
      );
    }
  });
}

function studentsIn(reply: Fields | undefined): string[] {
  if (!Array.isArray(reply?.ok)) return [];
  return reply.ok.map((row: unknown) =>
    isFields(row) ? String(row.student) : ""
  );
}

/** The cases of stages 2 and 3. */
export const stormCases: readonly Case[] = [
  caseOf("server", "sells each seat once, however many ask", {
    guards: [9, 10],
    known: [twoSteps],
  }, async (script) => {
    const { server, admin } = await openSchool(script, NET);
    const names = studentsFrom(STUDENTS);
    const tokens = await signUp(script, [server], names);
    await disturb(script, server);
    const wishes = await script.step(
      `${STUDENTS} students ask for ${NET.seats} seats at once`,
      async () => {
        const wishes = await storm(
          script,
          [server],
          names,
          (name) => wishOf(tokens, name, "select"),
        );
        isFair(server.label, wishes, NET.seats);
        hasOrder(server.label, wishes);
        return wishes;
      },
    );
    const seated = wishes.filter(isSeated).map(({ student }) => student);
    await listsAre(script, [server], admin.token, seated);
    const next = wishes.filter((wish) =>
      (placeOf(wish) ?? Infinity) <= NET.seats
    )
      .map(({ student }) => student);
    await script.step(`all ${NET.seats} drop their seats at once`, async () => {
      const drops = await storm(
        script,
        [server],
        seated,
        (name) => wishOf(tokens, name, "drop"),
      );
      const odd = drops.find(({ reply }) =>
        !isFields(reply?.ok) || reply.ok.state !== "dropped"
      );
      if (odd) {
        throw wrong(
          `${server.label} answered ${odd.student}'s drop with ${
            said(odd.reply)
          }`,
          "",
        );
      }
    });
    await listsAre(script, [server], admin.token, next);
  }),
  caseOf("server", "shows at once what it has said, whoever asks", {
    guards: [10, 11],
  }, async (script) => {
    const { server, admin } = await openSchool(script, { ...NET, seats: 1 });
    const servers = [server, await startAgain(script)];
    const anna = await logIn(script, server, "anna");
    const course = "NET";
    await areLeft(script, servers, 1);
    await anna.gets({ op: "select", course }, { state: "seated" });
    await areLeft(script, servers, 0);
    await listsAre(script, servers, admin.token, ["anna"]);
    await anna.gets({ op: "drop", course }, { state: "dropped" });
    await areLeft(script, servers, 1);
    await listsAre(script, servers, admin.token, []);
  }),
  caseOf("server", "takes no hour twice, whatever is asked for at once", {
    guards: [5, 9, 11],
    known: [twoSteps],
  }, async (script) => {
    const codes = ["NET", "WEB", "ART"];
    const { server } = await openSchool(
      script,
      ...codes.map((code) => ({ ...NET, code })),
    );
    const servers = [server, await startAgain(script)];
    const names = studentsFrom(NET.seats);
    const tokens = await signUp(script, servers, names);
    await script.step(
      `${names.length} students ask for three courses in the same hour, all at once`,
      async () => {
        const all = await Promise.all(
          codes.map((code, i) =>
            storm(
              script,
              i % 2 === 0 ? servers : servers.toReversed(),
              names,
              (name) => wishOf(tokens, name, "select", code),
            )
          ),
        );
        const wishes = all.flat();
        for (const name of names) {
          const seats = wishes.filter((wish) =>
            wish.student === name && isSeated(wish)
          ).length;
          if (seats <= 1) continue;
          throw wrong(
            `your server gave ${name} ${seats} seats in one hour; it was expected to give 1, and to refuse two wishes`,
            TWICE,
          );
        }
        const lost = wishes.filter(({ reply }) => !reply);
        if (lost.length > 0) {
          throw wrong(
            `your server hung up before its reply to ${lost.length} of ${wishes.length} wishes${await lastLine(
              script,
              ...servers,
            )}; it was expected to reply to each`,
            "",
          );
        }
        // Each wish has a reply, and nobody has two seats: so somebody has none.
        if (wishes.filter(isSeated).length === names.length) return;
        const left = names.find((name) =>
          !wishes.some((wish) => wish.student === name && isSeated(wish))
        );
        throw wrong(
          `your server refused all three wishes of ${left}; it was expected to give a seat in one of the courses`,
          "",
        );
      },
    );
  }),
  caseOf("server", "loses nothing when it is killed, and does nothing twice", {
    guards: [9, 10, 11, 12, 13],
    known: [twoSteps, promisesEarly],
  }, async (script) => {
    const { server, admin } = await openSchool(script, NET);
    const servers = [server];
    while (servers.length < SERVERS) servers.push(await startAgain(script));
    const names = studentsFrom(STUDENTS);
    const tokens = await signUp(script, servers, names);
    const wishes: StormWish[] = [];
    const size = STUDENTS / KILLS;
    for (let round = 0; round < KILLS; round++) {
      const some = names.slice(round * size, (round + 1) * size);
      const victim = round % SERVERS;
      wishes.push(
        ...await killAmong(script, servers, victim, some, round % size, tokens),
      );
      servers[victim] = await startAgain(script);
      await script.step("all of them send their requests again", async () => {
        await Promise.all(
          wishes.slice(-size).map(async (wish, i) => {
            const other = servers[(i + round) % SERVERS] ?? server;
            if (!wish.reply) {
              await send(script, other, wish);
              await isAnswered(script, other, wish);
              return;
            }
            isAlike(
              other.label,
              wish,
              await askOnce(script, other, wish.request),
            );
          }),
        );
      });
    }
    await script.step(
      `${NET.seats} of ${STUDENTS} have a seat, and an order explains all replies`,
      () => {
        isFair(server.label, wishes, NET.seats);
        hasOrder(server.label, wishes);
      },
    );
    const seated = wishes.filter(isSeated).map(({ student }) => student);
    await listsAre(script, servers, admin.token, seated);
  }),
];

/** Some ask at once, and in the middle of it a server is killed: when so many have their replies. */
async function killAmong(
  script: Script,
  servers: readonly ServerActor[],
  victim: number,
  names: readonly string[],
  replies: number,
  tokens: ReadonlyMap<string, string>,
): Promise<StormWish[]> {
  const server = servers[victim] ?? script.server;
  const wishes = names.map((name) => wishOf(tokens, name, "select"));
  return await script.step(
    `${names.length} students ask at once, and after ${replies} replies one of the servers is killed`,
    async () => {
      let left = replies;
      if (left === 0) server.program.kill();
      await Promise.all(wishes.map(async (wish, i) => {
        await send(script, servers[i % servers.length] ?? server, wish);
        if (--left === 0) server.program.kill();
      }));
      server.program.kill();
      await server.program.exits();
      return wishes;
    },
  );
}
