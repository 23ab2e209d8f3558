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
import { pathIsServer } from "./misunderstandings.ts";
import { leaveDead, P } from "./places.ts";

/** What is sent for some words, and what is printed for the answer. */
const EXCHANGES = [
  {
    args: ["get", "a"],
    sent: "get a\n",
    answer: "ok 1  2 \n",
    printed: "1  2 ",
  },
  {
    args: ["list"],
    sent: "list\n",
    answer: "ok ok error\n",
    printed: "ok error",
  },
  { args: ["get", "你"], sent: "get 你\n", answer: "ok 好\n", printed: "好" },
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
  clientCase("gives an error on, and ends with exit code 1", {
    guards: [23],
    args: ["get", "a"],
  }, async ({ client, conn }) => {
    await conn.gets("get a\n");
    await conn.sends("error: no such name\n");
    await client.exits(1);
    await writesExactly(client, "stderr", "error: no such name\n");
    await client.printsAll("", 1);
  }),
  caseOf("client", "says that nobody is there", {
    guards: [24],
    known: [pathIsServer],
  }, async (script) => {
    await isNotRunning(script, "where nothing is");
    await leaveDead(script);
    await isNotRunning(script, "left by a dead server");
  }),
  caseOf("client", "takes a request, and not none", {
    guards: [25],
  }, async (script) => {
    const server = await script.listen();
    server.mayBeCalled = true;
    const client = await script.startClient(server, []);
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
  clientCase("says when the server leaves in the middle of its answer", {
    guards: [26],
    args: ["list"],
  }, async ({ client, conn }) => {
    await conn.gets("list\n");
    await conn.sends("ok a b", hangUp());
    await client.gives(1);
    await client.printsAll("", 1);
  }),
];
