/**
 * What the client does.
 *
 * @module
 */
import type { Case } from "../../kit/case.ts";
import { caseOf, clientCase, type MetClient } from "../../kit/cases.ts";
import { halfEnd } from "../../kit/expectations/end.ts";
import { cut } from "../../kit/faults/cut.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { reset } from "../../kit/faults/reset.ts";
import { stall } from "../../kit/faults/stall.ts";
import { hearsLast } from "../../kit/last_line.ts";
import { stays } from "../../kit/stays.ts";
import { waitsForInput } from "../05_sticky_packets/misunderstandings.ts";
import { WELCOME } from "./guests.ts";
import { hearsWhenTyped } from "./misunderstandings.ts";

const args = ["anna"];

/** The client is in the room with bob. */
async function isIn({ client, conn }: MetClient): Promise<void> {
  await conn.sends(WELCOME);
  await conn.gets("anna\n");
  await conn.sends("* in the room: bob\n");
  await client.printsLines(WELCOME.trimEnd(), "* in the room: bob");
}

/** The cases of stage 4. */
export const clientCases: readonly Case[] = [
  clientCase("sends its name and what is typed, and leaves at the end", {
    guards: [1, 20, 21, 22],
    args,
  }, async (met) => {
    const { client, conn } = met;
    await isIn(met);
    await client.hears("hello");
    await conn.gets("hello\n");
    await client.hears("");
    await conn.gets("\n");
    await client.hears("error: 你好");
    await conn.gets("error: 你好\n");
    await hearsLast(client, "  bye ");
    await conn.gets("  bye \n");
    await conn.gets(halfEnd);
    await conn.does(hangUp());
    await client.endsWell();
  }),
  clientCase("prints what comes while nobody types", {
    guards: [21],
    args,
    known: [hearsWhenTyped],
  }, async (met) => {
    const { client, conn } = met;
    await isIn(met);
    for (
      const line of [
        "* carl has come",
        "[bob] hello",
        "[carl] ",
        "[bob] error: x",
        "Error: x",
        "[bob] a\rb",
      ]
    ) {
      await conn.sends(`${line}\n`);
      await client.prints(line);
    }
    await client.hears("hello");
    await conn.gets("hello\n");
    await conn.sends("* bob has left\n");
    await client.prints("* bob has left");
    await stays(client, "until its input ends, or the server closes");
    await client.hearsNoMore();
    await conn.gets(halfEnd);
    await conn.does(hangUp());
    await client.endsWell();
  }),
  clientCase("prints lines however their bytes are cut", {
    guards: [2, 3, 21],
    args,
  }, async (met) => {
    const { client, conn } = met;
    await isIn(met);
    await conn.sends("[bob] one\r\n[bob] tw");
    await client.prints("[bob] one");
    await conn.sends("o\n\r\n[bob] 你好\n[carl] three\n", cut(1), stall(1));
    await client.printsLines("[bob] two", "", "[bob] 你好", "[carl] three");
    const long = `[${"x".repeat(16)}] ${"ü".repeat(2048)}`;
    await conn.sends(`${long}\n`);
    await client.prints(long);
    await client.hearsNoMore();
    await conn.gets(halfEnd);
    await conn.does(hangUp());
    const printed = [
      "[bob] one",
      "[bob] two",
      "",
      "[bob] 你好",
      "[carl] three",
      long,
    ];
    await client.printsAll(
      `${WELCOME}* in the room: bob\n${printed.join("\n")}`,
    );
  }),
  clientCase("says that the room has closed when the server has", {
    guards: [23],
    args,
    known: [waitsForInput],
  }, async (met) => {
    const { client, conn } = met;
    await isIn(met);
    await conn.sends("* the room closes\n", hangUp());
    await client.prints("* the room closes");
    await client.endsWell("the room has closed");
  }),
  clientCase("says that the room has closed when the server breaks off", {
    guards: [23],
    args,
    canReset: true,
  }, async (met) => {
    const { client, conn } = met;
    await isIn(met);
    await conn.does(reset());
    await client.endsWell("the room has closed");
  }),
  clientCase("gives up when its name is refused", {
    guards: [24],
    args,
  }, async ({ client, conn }) => {
    await conn.sends(WELCOME);
    await conn.gets("anna\n");
    await client.prints(WELCOME.trimEnd());
    await conn.sends("error: anna is taken\n", hangUp());
    await client.gives(1, "error: anna is taken");
    await client.printsAll(WELCOME, 1);
  }),
  clientCase("gives up at an error in the middle of the talk", {
    guards: [24],
    args,
  }, async (met) => {
    const { client, conn } = met;
    await isIn(met);
    for (const line of ["[bob] hello", "* bob has left", ""]) {
      await conn.sends(`${line}\n`);
      await client.prints(line);
    }
    await conn.sends("error: line longer than 4096 bytes\n"); // it is still open
    await client.gives(1, "error: line longer than 4096 bytes");
  }),
  clientCase("gives up when the room is full", {
    guards: [24],
    args,
  }, async ({ client, conn }) => {
    await conn.offers("error: the room is full\n", hangUp());
    await client.gives(1, "error: the room is full");
    await client.printsAll("", 1);
  }),
  caseOf("client", "takes one name, and no other number of them", {
    guards: [20],
  }, async (script) => {
    const server = await script.listen();
    server.mayBeCalled = true;
    for (const names of [[], ["anna", "bob"]]) {
      const client = await script.startClient(server, names);
      await client.gives(2);
    }
  }),
];
