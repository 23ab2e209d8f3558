/**
 * What one student after another gets: stage 1, and what a repeated request is.
 *
 * @module
 */
import type { Case } from "../../kit/case.ts";
import { caseOf } from "../../kit/cases.ts";
import {
  booksTwice,
  forgets,
  sqlFromText,
  TWICE_ASKED,
  WAITER,
  waitingIsTaken,
} from "./misunderstandings.ts";
import {
  addCourse,
  hasStudents,
  kill,
  logIn,
  openSchool,
  startAgain,
} from "./school.ts";

const NET = { code: "NET", seats: 2, slots: ["mon-1", "wed-1"] };
const WEB = { code: "WEB", seats: 2, slots: ["wed-1"] };
const ART = { code: "ART", seats: 0, slots: ["fri-1"] };
const SPORT = { code: "SPORT", seats: 2, slots: ["thu-1"] };

const SEATED = { state: "seated" };
const DROPPED = { state: "dropped" };
const waiting = (place: number) => ({ state: "waiting", place });

const select = (course: string) => ({ op: "select", course });
const drop = (course: string) => ({ op: "drop", course });

/** The cases of stage 1, and of repeated requests. */
export const serverCases: readonly Case[] = [
  caseOf("server", "gives seats, then places on a list", {
    guards: [1, 2],
  }, async (script) => {
    const { server, admin } = await openSchool(script, NET, ART);
    const names = ["anna", "bob", "carl", "dora"];
    const wanted = [SEATED, SEATED, waiting(1), waiting(2)];
    for (const [i, name] of names.entries()) {
      const student = await logIn(script, server, name);
      await student.gets(select("NET"), wanted[i]);
      await student.gets(select("ART"), waiting(i + 1));
      await student.has(i < 2 ? ["NET"] : [], i < 2 ? ["ART"] : ["ART", "NET"]);
    }
    await hasStudents(admin, "NET", ["anna", "bob"]);
  }),
  caseOf("server", "takes names with quotes for names", {
    guards: [1, 6],
    known: [sqlFromText],
  }, async (script) => {
    const course = { ...NET, code: `C'"; --` };
    const { server, admin } = await openSchool(script, course);
    for (const name of [`O'Brien`, `'); DROP TABLE seats; --`]) {
      const student = await logIn(script, server, name);
      await student.gets(select(course.code), SEATED);
      await hasStudents(admin, course.code, [name]);
      await student.gets(drop(course.code), DROPPED);
    }
    await hasStudents(admin, course.code, []);
  }),
  caseOf("server", "refuses what cannot be, and changes nothing", {
    guards: [3, 4, 6],
  }, async (script) => {
    const { server, admin } = await openSchool(script, NET, { ...ART });
    const anna = await logIn(script, server, "anna");
    await anna.isRefused(select("MUSIC"));
    await anna.isRefused(drop("MUSIC"));
    await anna.isRefused(drop("NET"));
    await anna.gets(select("NET"), SEATED);
    await anna.isRefused(select("NET"));
    await anna.gets(select("ART"), waiting(1));
    await anna.isRefused(select("ART"));
    await anna.has(["NET"], ["ART"]);
    await admin.gets({ op: "close" }, true);
    const bob = await logIn(script, server, "bob");
    await bob.isRefused(select("NET"));
    await bob.isRefused(select("ART"));
    await anna.isRefused(drop("NET"));
    await anna.isRefused(drop("ART"));
    await anna.has(["NET"], ["ART"]);
    await bob.has([]);
    await admin.gets({ op: "open" }, true);
    await bob.gets(select("NET"), SEATED);
    await bob.gets(select("ART"), waiting(2));
  }),
  caseOf("server", "keeps timetables free of clashes", {
    guards: [5],
  }, async (script) => {
    const full = { ...NET, code: "FULL", seats: 0 };
    const { server } = await openSchool(script, NET, WEB, SPORT, full);
    const anna = await logIn(script, server, "anna");
    await anna.gets(select("NET"), SEATED);
    await anna.isRefused(select("WEB")); // wed-1 is taken
    await anna.isRefused(select("FULL"));
    await anna.has(["NET"]);
    await anna.gets(select("SPORT"), SEATED);
    await anna.gets(drop("SPORT"), DROPPED);
    await anna.isRefused(select("WEB")); // no hour but its own came back
    await anna.gets(drop("NET"), DROPPED);
    await anna.gets(select("WEB"), SEATED);
    await anna.isRefused(select("NET"));
  }),
  caseOf("server", "takes no time for what is waited for", {
    guards: [5],
    known: [waitingIsTaken],
  }, async (script) => {
    const full = { ...NET, code: "FULL", seats: 0 };
    const { server } = await openSchool(script, NET, WEB, ART, full);
    const bob = await logIn(script, server, "bob");
    await bob.gets(select("ART"), waiting(1));
    await bob.gets(select("WEB"), SEATED); // to wait for something else is nothing
    await bob.gets(drop("WEB"), DROPPED);
    const waiter = await logIn(script, server, WAITER);
    await waiter.gets(select("FULL"), waiting(1));
    await waiter.gets(select("NET"), SEATED);
    await waiter.has(["NET"], ["FULL"]);
  }),
  caseOf(
    "server",
    "gives a seat that comes back to the first who can take it",
    {
      guards: [6, 7, 8],
    },
    async (script) => {
      const full = { ...NET, code: "FULL", seats: 0 };
      const { server, admin } = await openSchool(
        script,
        ...[{ ...NET, seats: 1 }, WEB, full],
      );
      const anna = await logIn(script, server, "anna");
      const bob = await logIn(script, server, "bob");
      const carl = await logIn(script, server, "carl");
      const dora = await logIn(script, server, "dora");
      await anna.gets(select("NET"), SEATED);
      await bob.gets(select("NET"), waiting(1));
      await carl.gets(select("FULL"), waiting(1));
      await carl.gets(select("NET"), waiting(2));
      await dora.gets(select("NET"), waiting(3));
      await bob.gets(select("WEB"), SEATED); // now NET would clash
      await anna.gets(drop("NET"), DROPPED);
      await hasStudents(admin, "NET", ["carl"]);
      await carl.isTold({ event: "promoted", course: "NET" });
      await carl.has(["NET"], ["FULL"]); // for which he waits all the same
      await anna.gets(select("NET"), waiting(3));
      await bob.has(["WEB"], ["NET"]);
      await bob.gets(drop("WEB"), DROPPED);
      await carl.gets(drop("NET"), DROPPED);
      await hasStudents(admin, "NET", ["bob"]); // passed over, and still the first
      await bob.isTold({ event: "promoted", course: "NET" });
      await bob.has(["NET"]);
      await dora.gets(drop("NET"), DROPPED); // a place on the list
      await carl.isRefused(drop("NET"));
      await carl.gets(select("WEB"), SEATED); // its hours came back with the seat
      await bob.isRefused(select("WEB")); // and his are taken
      await bob.gets(drop("NET"), DROPPED);
      await hasStudents(admin, "NET", ["anna"]);
      await anna.isTold({ event: "promoted", course: "NET" });
      await anna.gets(drop("NET"), DROPPED);
      await hasStudents(admin, "NET", []);
      await dora.gets(select("NET"), SEATED);
    },
  ),
  caseOf("server", "leaves a seat free that nobody on the list can take", {
    guards: [1, 4, 7],
  }, async (script) => {
    const { server, admin } = await openSchool(
      script,
      ...[{ ...NET, seats: 1 }, WEB],
    );
    const anna = await logIn(script, server, "anna");
    const bob = await logIn(script, server, "bob");
    await anna.gets(select("NET"), SEATED);
    await bob.gets(select("NET"), waiting(1));
    await bob.gets(select("WEB"), SEATED); // now NET would clash
    await anna.gets(drop("NET"), DROPPED);
    await bob.gets(drop("WEB"), DROPPED); // too late: that is no seat of NET
    await bob.isRefused(select("NET")); // he waits for it
    await bob.has([], ["NET"]);
    await hasStudents(admin, "NET", []);
    await anna.gets(select("NET"), SEATED); // whoever waits: it was free
    await bob.has([], ["NET"]);
  }),
  caseOf("server", "tells who moved up over each of their connections", {
    guards: [8],
  }, async (script) => {
    const { server } = await openSchool(script, { ...NET, seats: 1 });
    const anna = await logIn(script, server, "anna");
    const bob = await logIn(script, server, "bob");
    const phone = await logIn(script, server, "bob", "login");
    await phone.has([]);
    await anna.gets(select("NET"), SEATED);
    await bob.gets(select("NET"), waiting(1));
    const gone = await logIn(script, server, "gone");
    await gone.gets(select("NET"), waiting(2));
    gone.peer.wire.close();
    await anna.gets(drop("NET"), DROPPED);
    for (const member of [bob, phone]) {
      await member.isTold({ event: "promoted", course: "NET" });
      await member.has(["NET"]);
    }
    await bob.gets(drop("NET"), DROPPED); // who is gone cannot be told
    await anna.gets(select("NET"), waiting(1));
  }),
  caseOf("server", "does nothing for a request that comes again", {
    guards: [13],
    known: [booksTwice],
  }, async (script) => {
    const { server } = await openSchool(script, NET);
    const anna = await logIn(script, server, TWICE_ASKED);
    const seat = await anna.gets(select("NET"), SEATED);
    await anna.gets(drop("NET"), DROPPED);
    await anna.repeats(seat); // the reply that it got then, and no seat now
    await anna.has([]);
  }),
  caseOf("server", "answers a request that comes again as it did", {
    guards: [13, 14],
  }, async (script) => {
    const { server, admin } = await openSchool(
      script,
      ...[{ ...NET, seats: 1 }, ART],
    );
    const anna = await logIn(script, server, "anna");
    const bob = await logIn(script, server, "bob");
    const carl = await logIn(script, server, "carl");
    const seat = await anna.gets(select("NET"), SEATED);
    const place = await bob.gets(select("NET"), waiting(1));
    const next = await carl.gets(select("NET"), waiting(2));
    const other = await logIn(script, server, "anna", "login");
    await anna.repeats(seat);
    await anna.repeats(seat, other.peer);
    await bob.repeats(place);
    await anna.isRefusedAs(seat.request.id, select("ART"));
    await anna.isRefusedAs(seat.request.id, drop("NET"));
    await anna.has(["NET"]);
    await admin.gets({ op: "close" }, true);
    await anna.repeats(seat); // it was said before
    await admin.gets({ op: "open" }, true);
    const back = await anna.gets(drop("NET"), DROPPED);
    await bob.isTold({ event: "promoted", course: "NET" });
    await anna.repeats(back);
    await bob.repeats(place);
    await carl.repeats(next); // the place that it was then
    await hasStudents(admin, "NET", ["bob"]);
  }),
  caseOf("server", "refuses a request that comes again as it did", {
    guards: [13],
  }, async (script) => {
    const { server, admin } = await openSchool(script, NET, WEB, ART);
    const anna = await logIn(script, server, "anna");
    await anna.gets(select("NET"), SEATED);
    const clash = await anna.isRefused(select("WEB"));
    const missing = await anna.isRefused(select("SPORT"));
    const neither = await anna.isRefused(drop("ART"));
    await admin.gets({ op: "close" }, true);
    const closed = await anna.isRefused(select("ART"));
    await admin.gets({ op: "open" }, true);
    await addCourse(admin, SPORT);
    await anna.gets(drop("NET"), DROPPED);
    // Nothing stands against them any more.
    for (const one of [clash, missing, closed]) await anna.repeats(one);
    await anna.has([]);
    await anna.gets(select("ART"), waiting(1));
    await anna.repeats(neither);
    await anna.has([], ["ART"]);
  }),
  caseOf("server", "knows the ids of one student from those of another", {
    guards: [15],
  }, async (script) => {
    const { server } = await openSchool(script, { ...NET, seats: 1 }, ART);
    const anna = await logIn(script, server, "anna");
    const bob = await logIn(script, server, "bob");
    const seat = await anna.gets(select("NET"), SEATED);
    const { id } = seat.request;
    const same = { ...bob.request(select("NET")), id };
    await bob.repeats({ request: same, reply: { id, ok: waiting(1) } });
    await anna.repeats(seat);
    await bob.has([], ["NET"]);
  }),
  caseOf("server", "knows after a SIGKILL what it has said", {
    guards: [12, 13],
    known: [forgets],
  }, async (script) => {
    const first = await openSchool(script, NET, ART);
    const anna = await logIn(script, first.server, "anna");
    const seat = await anna.gets(select("NET"), SEATED);
    const place = await anna.gets(select("ART"), waiting(1));
    const bob = await logIn(script, first.server, "bob");
    await bob.gets(select("NET"), SEATED);
    const back = await bob.gets(drop("NET"), DROPPED);
    await kill(first.server);
    const second = await startAgain(script);
    const annaAgain = await logIn(script, second, "anna", "login");
    await annaAgain.has(["NET"], ["ART"]);
    await anna.repeats(seat, annaAgain.peer);
    await anna.repeats(place, annaAgain.peer);
    await bob.repeats(back, annaAgain.peer);
    const admin = await logIn(script, second, "root", "login");
    await hasStudents(admin, "NET", ["anna"]);
    await admin.gets({ op: "ping" }, "pong");
  }),
];
