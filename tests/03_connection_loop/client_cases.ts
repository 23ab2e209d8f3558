/**
 * What lesson 03's client should do.
 *
 * @module
 */
import type { ClientActor } from "../../kit/actors.ts";
import { type Case } from "../../kit/case.ts";
import { caseOf, clientCase } from "../../kit/cases.ts";
import { end } from "../../kit/expectations/end.ts";
import { Failure } from "../../kit/failure.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { reset } from "../../kit/faults/reset.ts";
import { freePort } from "../../kit/free_port.ts";
import { hearsLast } from "../../kit/last_line.ts";
import type { Script } from "../../kit/script.ts";
import { impatient, retriesForEver } from "./misunderstandings.ts";

/** How long a client is told to wait at least for a server that never comes, in milliseconds. */
const WAIT_MS = 500;

/** The longest that it is told to, in milliseconds: a step's time is longer. */
const MOST_WAIT_MS = 1_500;

/**
 * How long a client is told to wait, in milliseconds: several times as long as
 * it takes to start. The time is taken from its start, and one that gives up
 * at half of it must be too early on a busy machine, too.
 */
function waitFor(startMs: number): number {
  return Math.round(Math.min(Math.max(WAIT_MS, 5 * startMs), MOST_WAIT_MS));
}

/** A client has tried for the whole time. Since it was started, a busy machine can only have made it more. */
async function hasTaken(
  script: Script,
  { label }: ClientActor,
  ms: number,
  least: number,
): Promise<void> {
  await script.step(`${label} has tried for ${least / 1000} s`, () => {
    if (ms >= least) return;
    throw new Failure(
      `${label} gave up ${
        Math.round(ms)
      } ms after it was started; it was expected to try for ${least} ms`,
    );
  });
}

/** The client's cases. */
export const clientCases: readonly Case[] = [
  clientCase("sends nothing before it is greeted", {
    guards: [7, 11],
    known: [impatient],
  }, async ({ client, conn, server }) => {
    await client.hears("hello");
    await conn.does(halfClose());
    await conn.gets(
      end("sees the stream end", "send nothing before it was greeted"),
    );
    await client.gives(1, `127.0.0.1:${server.address.port}`);
  }),
  clientCase("prints the greeting, then each answer", {
    guards: [7, 8, 9, 10],
  }, async ({ client, conn }) => {
    const greeting = "you are client #7";
    await conn.sends(greeting);
    await client.prints(greeting);
    for (const text of ["hello", "你好", "   ", "quit"]) {
      await client.hears(text);
      await conn.gets(text);
      await conn.sends(`<${text}>`);
      await client.prints(`<${text}>`);
    }
    await client.hears("q");
    await conn.gets(end());
    await client.printsAll(`${greeting}\n<hello>\n<你好>\n<   >\n<quit>`);
  }),
  clientCase("sends nothing for an empty line, and ends with its input", {
    guards: [8, 9],
  }, async ({ client, conn }) => {
    await conn.sends("welcome");
    await client.prints("welcome");
    await client.hears("");
    await hearsLast(client, "after");
    await conn.gets("after");
    await conn.sends("AFTER");
    await conn.gets(end());
    await client.printsAll("welcome\nAFTER");
  }),
  clientCase("waits for each answer, and reports a server that closes", {
    guards: [8, 11],
  }, async ({ client, conn, server }) => {
    await conn.sends("welcome");
    await client.prints("welcome");
    await client.hearsMany(["one", "two"]);
    await conn.gets("one");
    await conn.does(halfClose());
    await conn.gets(end());
    await client.gives(1, `127.0.0.1:${server.address.port}`);
  }),
  clientCase("reports a server that resets the connection", {
    guards: [11],
    canReset: true,
  }, async ({ client, conn, server }) => {
    await conn.sends("welcome");
    await client.prints("welcome");
    await client.hears("hello");
    await conn.gets("hello");
    await conn.does(reset());
    await client.gives(1, `127.0.0.1:${server.address.port}`);
  }),
  caseOf("client", "waits for a server that comes late", {
    guards: [20, 21],
  }, async (script) => {
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
  }),
  caseOf("client", "gives up at once, or when the time to wait is over", {
    guards: [20, 21, 22],
    waits: true,
    known: [retriesForEver],
  }, async (script) => {
    const port = freePort();
    const begun = performance.now();
    const hasty = await script.launchClient(["--port", `${port}`]);
    await hasty.gives(1, `127.0.0.1:${port}`);
    const started = performance.now();
    const wait = waitFor(started - begun);
    const client = await script.launchClient(
      ["--port", `${port}`, "--wait", `${wait / 1000}`],
    );
    await client.notes(`waiting for 127.0.0.1:${port}`);
    await client.givesAfter(
      `waiting for 127.0.0.1:${port}`,
      1,
      `127.0.0.1:${port}`,
    );
    await hasTaken(script, client, performance.now() - started, wait);
  }),
  caseOf("client", "refuses a time that is none", {
    guards: [23],
  }, async (script) => {
    const server = await script.listen();
    for (const time of ["3x", "Infinity"]) {
      const client = await script.startClient(server, ["--wait", time]);
      await client.gives(2, "--wait");
    }
  }),
];
