/**
 * Lesson 12's own pair: what the learner is given.
 *
 * @module
 */
import type { Case } from "../../kit/case.ts";
import { jsonLines } from "../../kit/expectations/output.ts";
import { json } from "../../kit/expectations/json.ts";
import { end } from "../../kit/expectations/end.ts";
import { frame } from "../../kit/frames.ts";
import { logIn, openSchool } from "./school.ts";

const NET = { code: "NET", seats: 2, slots: ["mon-1", "wed-2"] };

/** The lesson's own pair at work. */
export const own: Case[] = [
  {
    name: "lesson's pair shows the courses, also as JSON",
    role: "pair",
    async script(script) {
      const { server } = await openSchool(script, NET);
      const client = await script.startClient(server, ["courses"]);
      await client.printsAll("NET  All about NET  2 of 2 left  mon-1 wed-2");
      const other = await script.startClient(server, ["--json", "courses"]);
      await other.printsAll(jsonLines(json([{
        ...{ ...NET, title: "All about NET", teacher: "Ms Frame", left: 2 },
      }])));
    },
  },
  {
    name: "lesson's server gives each role what is its own",
    role: "server",
    async script(script) {
      const { server, admin } = await openSchool(script, NET);
      const anna = await logIn(script, server, "anna");
      const teacher = await logIn(script, server, "Ms Frame", "login");
      await anna.isRefused({ op: "open" });
      await anna.isRefused({ op: "students", course: "NET" });
      await anna.isRefused({ op: "grade", course: "NET" });
      await teacher.isRefused({ op: "select", course: "NET" });
      await teacher.isRefused({ op: "close" });
      await admin.isRefused({ op: "select", course: "NET" });
      await admin.isRefused({ op: "grade", course: "NET" });
      await teacher.gets({ op: "students", course: "NET" }, []);
      await teacher.gets({ op: "own_courses" }, [{
        ...{ ...NET, title: "All about NET", teacher: "Ms Frame", left: 2 },
      }]);
      await anna.gets({ op: "grades" }, {});
      await anna.isRefused({ op: "select", course: "NET" }); // not yet
    },
  },
  {
    name: "lesson's server outlives frames that are no requests",
    role: "server",
    async script(script) {
      const { server, admin } = await openSchool(script, NET);
      for (
        const bad of [
          "",
          "hello",
          "[]",
          "5",
          '{"op":"ping"}',
          '{"id":7,"op":"ping"}',
        ]
      ) {
        const client = await script.connect(server);
        client.mayGetMore = true;
        await client.sends(frame(bad));
        await admin.gets({ op: "ping" }, "pong");
      }
      for (const length of [-1, 64 * 1024 + 1, 2 ** 31 - 1]) {
        const client = await script.connect(server);
        await client.sends(frame("", length));
        await client.gets(end());
        await admin.gets({ op: "ping" }, "pong");
      }
      await admin.isRefused({ op: "toString" });
      await admin.isRefused({ op: "signup", name: "a\nb", password: "x" });
      await admin.isRefused({ op: "signup", name: "root", password: "x" });
    },
  },
];
