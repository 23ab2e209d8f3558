/**
 * What the control command does: stage 4.
 *
 * @module
 */
import type { ClientActor } from "../../kit/actors.ts";
import type { Case } from "../../kit/case.ts";
import { caseOf, clientCase } from "../../kit/cases.ts";
import { untilTheEnd } from "../../kit/common.ts";
import { cut } from "../../kit/faults/cut.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { stall } from "../../kit/faults/stall.ts";
import { Failure } from "../../kit/failure.ts";
import { quote } from "../../kit/bytes.ts";
import type { Script } from "../../kit/script.ts";
import { rests } from "../../kit/stays.ts";
import { pathIsServer } from "./misunderstandings.ts";
import { leaveDead, P, standsAt } from "./places.ts";

/** More than fits into one read. */
const LONG_LIST = Array.from({ length: 10_000 }, (_, i) => `ok${i}`).join(" ");

/** What is sent for some words, and what is printed for the answer. */
const EXCHANGES = [
  {
    args: ["get", "a"],
    sent: "get a\n",
    answer: "ok error: 1  2 \n",
    printed: "error: 1  2 ",
  },
  {
    args: ["list"],
    sent: "list\n",
    answer: `ok ${LONG_LIST}\n`,
    printed: LONG_LIST,
  },
  {
    args: ["get", "007", "", "你"],
    sent: "get 007  你\n",
    answer: "ok   \n",
    printed: "  ",
  },
  {
    args: ["set", "colour", "green", "and", "red"],
    sent: "set colour green and red\n",
    answer: "ok\n",
    printed: "",
  },
  {
    args: ["set", "shape", " two  blanks "],
    sent: "set shape  two  blanks \n",
    answer: "ok\n",
    printed: "",
  },
];

/** All that the client has written on a stream is this, to the last line end. */
async function writesExactly(
  { label, program, scene }: ClientActor,
  stream: "stdout" | "stderr",
  wanted: string,
): Promise<void> {
  const what = wanted === ""
    ? "nothing, not even an empty line,"
    : quote(wanted);
  await scene.step(`${label} has written ${what} on ${stream}`, () => {
    const written = program[stream].replaceAll("\r\n", "\n");
    if (written === wanted) return;
    throw new Failure(
      `${label} wrote ${
        quote(written)
      } on ${stream}; it was expected to write ${what} there`,
    );
  });
}

/** The client says that nobody is there. */
async function isNotRunning(script: Script, where: string): Promise<void> {
  const before = standsAt(script.whole(P))?.ino;
  const client = await script.launchClient(["--path", P, "list"]);
  await script.step(
    `your client ends with exit code 3 and "not running" on stderr at a path ${where}`,
    async () => {
      const { code } = await client.program.exits();
      const { stderr, stdout } = client.program;
      if (code === 3 && stderr === "not running\n" && stdout === "") return;
      throw new Failure(
        `your client ended with exit code ${code}, wrote ${
          quote(stderr)
        } on stderr and ${
          quote(stdout)
        } on stdout; it was expected to end with exit code 3 and to write "not running\\n" on stderr`,
      );
    },
  );
  await script.step(`what stands at ${P} is as it was`, () => {
    if (standsAt(script.whole(P))?.ino === before) return;
    throw new Failure(
      `your client changed what stood at ${P}; it was expected to leave it alone`,
    );
  });
}

/** The cases of stage 4. */
export const clientCases: readonly Case[] = [
  ...EXCHANGES.map(({ args, sent, answer, printed }) =>
    clientCase(
      `sends ${JSON.stringify(sent.trimEnd())} and prints what is behind ok`,
      {
        guards: [22],
        args,
        known: [untilTheEnd],
      },
      async ({ client, conn }) => {
        await conn.gets(sent);
        await conn.sends(answer);
        await client.printsAll(printed);
        if (printed === "") await writesExactly(client, "stdout", "");
      },
    )
  ),
  clientCase("puts an answer together that comes in pieces", {
    guards: [2, 22],
    args: ["get", "a"],
  }, async ({ client, conn }) => {
    await conn.gets("get a\n");
    await conn.sends("ok 你好 and more\n", cut(1), stall(5));
    await client.printsAll("你好 and more");
  }),
  ...["error: no such name", "error:no  such name "].map((error) =>
    clientCase(`gives "${error}" on as it is, and ends with exit code 1`, {
      guards: [23],
      args: ["get", "a"],
    }, async ({ client, conn }) => {
      await conn.gets("get a\n");
      await conn.sends(`${error}\n`);
      await client.exits(1);
      await writesExactly(client, "stderr", `${error}\n`);
      await client.printsAll("", 1);
    })
  ),
  caseOf("client", "says that nobody is there", {
    guards: [24],
    known: [pathIsServer],
  }, async (script) => {
    await isNotRunning(script, "where nothing is");
    await leaveDead(script);
    await isNotRunning(script, "left by a dead server");
  }),
  caseOf("client", "says that nobody is there where a file stands", {
    guards: [24],
    only: ["linux"], // macOS says something else of a file
  }, async (script) => {
    await script.step(`a file stands at ${P}`, () => {
      Deno.writeTextFileSync(script.whole(P), "mine\n");
    });
    await isNotRunning(script, "where a file stands");
  }),
  caseOf("client", "says what is wrong with a path that is too long", {
    guards: [24],
  }, async (script) => {
    const path = `${"x".repeat(200)}.sock`;
    const args = ["--path", path, "list"];
    const client = await script.launchClient(args, "your", path);
    await client.gives(1);
    await client.printsAll("", 1);
  }),
  caseOf("client", "takes a request, and not none", {
    guards: [25],
  }, async (script) => {
    const client = await script.launchClient(["--path", P]); // nobody is there
    await client.gives(2);
  }),
  clientCase("says when the server leaves without an answer", {
    guards: [26],
    args: ["list"],
  }, async ({ client, conn }) => {
    await conn.gets("list\n");
    await conn.does(hangUp());
    await client.gives(1);
    await client.printsAll("", 1);
  }),
  clientCase("says when the server breaks off without a look at the request", {
    guards: [26],
    args: ["list"],
  }, async ({ client, conn }) => {
    await rests(client); // what it has sent lies there, and nobody reads it
    await conn.does(hangUp());
    await client.gives(1);
    await client.printsAll("", 1);
  }),
  ...["ok a b", "ok", "error: x"].map((part) =>
    clientCase(`says when the server leaves behind "${part}", without an LF`, {
      guards: [26],
      args: ["list"],
    }, async ({ client, conn }) => {
      await conn.gets("list\n");
      await conn.sends(part, hangUp());
      await client.gives(1);
      await client.printsAll("", 1);
    })
  ),
];
