import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { pairIn, solutionFolder } from "@lessons/places.ts";
import {
  type Case,
  type Check,
  type Evidence,
  Exercise,
  type Misunderstanding,
  runCase,
  type Verdict,
} from "./case.ts";
import { clientCase, serverCase } from "./cases.ts";
import { Failure } from "./failure.ts";
import { Hang } from "./guard.ts";
import { mistakeIn } from "./mistake.ts";
import { startReaper } from "./reaper.ts";
import { report } from "./report.ts";

startReaper();

const wholeBuffer: Misunderstanding = {
  says:
    "this is what a program does that decodes its whole buffer, not only the bytes that came",
  read: "Read the code",
  shows: ({ received }) => received.includes("\0"),
};

/** A server answers as that of lesson 01 does. */
const first: Case = {
  name: "server answers",
  role: "server",
  known: [wholeBuffer],
  async script(script) {
    const server = await script.startServer();
    const client = await script.connect(server);
    await server.connected(client);
    await client.sends("hello baby");
    await client.gets(`10 bytes from ${client.address}: HELLO BABY\n`);
  },
};

const check: Check = {
  lesson: "01_single_shot",
  cases: [first],
  own: [],
  python: [],
};

async function tryFixture(
  side: "server" | "client",
  fixture: string,
  aCase: Case,
): Promise<Verdict> {
  const program = new URL(`./fixtures/${fixture}.ts`, import.meta.url);
  const ours = pairIn(solutionFolder(check.lesson));
  return await runCase(check, aCase, { ...ours, [side]: program });
}

async function tryServer(fixture: string, aCase: Case): Promise<Verdict> {
  return await tryFixture("server", fixture, aCase);
}

Deno.test("after a wrong byte a program at work is listened to until it rests", async () => {
  const { failure } = await tryServer("answers_in_parts", first);
  assertStringIncludes(
    failure?.message ?? "",
    'your server sent "one, two" (8 bytes)',
  );
});

Deno.test("programs that hang are stopped by the guard of a step", async () => {
  const ofClient = clientCase("connects", { args: ["hello"] }, async () => {});
  const [ready, answer, connect] = await Promise.all([
    tryServer("never_ready", first),
    tryServer("never_answers", first),
    tryFixture("client", "never_connects", ofClient),
  ]);
  assertEquals(connect.failure?.message, "your client did not connect for 2 s");
  assertEquals(
    ready.failure?.message,
    'your server did not print "listening on 127.0.0.1:<port>" within 2 s',
  );
  assertEquals(ready.steps.length, 2);
  assertStringIncludes(
    answer.failure?.message ?? "",
    "your server sent nothing for 2 s; it was expected to send ",
  );
  assertStringIncludes(
    answer.failure?.message ?? "",
    'the client had sent "hello baby" (10 bytes)',
  );
});

Deno.test("a program that prints megabytes is stopped", async () => {
  const { failure } = await tryServer("prints_megabytes", first);
  assertStringIncludes(failure?.message ?? "", "your server printed");
  assert((failure?.printed[0]?.stdout.length ?? 0) < 2 * 1024 * 1024);
});

Deno.test("a program that crashes at once is quoted", async () => {
  const verdict = await tryServer("crashes_at_once", first);
  assertEquals(
    verdict.failure?.message,
    'your server ended with exit code 1 when it was expected to print "listening on 127.0.0.1:<port>"',
  );
  const text = report(verdict);
  assertStringIncludes(text, "your server wrote on stderr, before it ended");
  assertStringIncludes(text, "nothing works here");
});

Deno.test("a mistake in a program is told with its line, not as a fault of its network", async () => {
  const text = report(await tryServer("makes_a_mistake", first));
  assertStringIncludes(
    text,
    "your server ended by a mistake in it: TypeError: Cannot read properties of\nundefined (reading 'length')\n" +
      "  makes_a_mistake.ts, line 10: await conn.write(new Uint8Array(message.length));",
  );
  assertEquals(text.includes("unhandled rejection"), false);
});

Deno.test("a client that takes no input holds up nobody who types", async () => {
  const types: Case = {
    name: "client connects",
    role: "client",
    async script(script) {
      const server = await script.listen();
      const client = await script.startClient(server, []);
      await client.hears("x".repeat(1024 * 1024));
      await client.hearsNoMore();
      await client.connects(server);
    },
  };
  const { failure } = await tryFixture("client", "never_connects", types);
  assertEquals(failure?.message, "your client did not connect for 2 s");
});

Deno.test("a program under test may have so much memory, and no more", async () => {
  const hasAll = Deno.build.os !== "linux"; // elsewhere the limit is V8's own
  const asks = serverCase("answers", {}, async ({ client }) => {
    await client.gets(`true ${hasAll}`);
  });
  const { failure } = await tryServer("keeps_all", asks);
  assertEquals(failure?.message, undefined);
  const stderr = "#\n# Fatal JavaScript out of memory: Reached heap limit\n#\n";
  assertEquals(mistakeIn(stderr, new URL("file:///answers/")), {
    error: "out of memory",
    means:
      "a check gives a program so much, and no more: let go of what is done with",
  });
});

Deno.test("data that nobody caught is no mistake in the program's text", () => {
  const stderr =
    "error: Uncaught (in promise) SyntaxError: Unexpected end of JSON input\n";
  assertEquals(mistakeIn(stderr, new URL("file:///answers/")), undefined);
});

Deno.test("a program that cannot be read is told by its line", () => {
  const folder = new URL("fixtures/", import.meta.url);
  const stderr =
    `error: Module not found "file:///nowhere.ts".\n    at ${folder.href}makes_a_mistake.ts:2:28\n`;
  assertEquals(
    mistakeIn(stderr, folder),
    {
      error: 'Module not found "file:///nowhere.ts".',
      place: "makes_a_mistake.ts, line 2",
      text: 'import { runServer } from "@lessons/program.ts";',
    },
  );
});

Deno.test("a listener that was closed is named, not the socket's error", async () => {
  const { failure } = await tryServer("closes_at_once", first);
  assertEquals(
    failure?.message,
    "your server refused a connection; does it still hold its listener open?",
  );
});

Deno.test("a case that takes too long is ended", async () => {
  const ours = pairIn(solutionFolder(check.lesson));
  const slow: Case = {
    name: "waits for ever",
    role: "server",
    script: () => new Promise(() => {}),
  };
  const verdict = await runCase(check, slow, ours, new Exercise(50));
  assertEquals(
    verdict.failure?.message,
    "the exercise took longer than 0.05 s all told",
  );
});

/** Runs a case whose last step is silent. @param isBusy Whether the machine was too busy to tell. */
async function runSilent(
  known: Misunderstanding,
  isBusy = false,
): Promise<Verdict> {
  const ours = pairIn(solutionFolder(check.lesson));
  return await runCase(check, {
    name: "server says nothing",
    role: "server",
    known: [known],
    script: async (script) => {
      await script.step("your server speaks", () => {
        const hang = new Hang(isBusy ? 30_000 : 2_000, isBusy);
        const message = `your server sent nothing for ${hang.time}`;
        throw Failure.ofSilence(hang, message);
      });
    },
  }, ours);
}

const asleep: Misunderstanding = {
  says: "this is what a program does that sleeps",
  read: "Exercise",
  shows: ({ silent }) => silent,
};

Deno.test("silence alone names no misunderstanding", async () => {
  const { failure } = await runSilent(asleep);
  assertEquals(failure?.message, "your server sent nothing for 2 s");
  assertEquals(failure?.misunderstanding, undefined);
  const unmoved = await runSilent({
    ...asleep,
    proof: () => Promise.reject(new Failure("it sleeps on")),
  });
  assertEquals(unmoved.failure?.misunderstanding, undefined);
  assertEquals(unmoved.steps, ["your server speaks"]);
});

Deno.test("a proof that needs somebody who has not come yet names nothing", async () => {
  const { failure } = await runSilent({
    ...asleep,
    proof: (script) => script.peer.does(),
  });
  assertEquals(failure?.misunderstanding, undefined);
});

Deno.test("a proof names the reason of a silence, and the verdict tells it", async () => {
  const verdict = await runSilent({
    ...asleep,
    proof: (script) => script.step("somebody wakes it", () => {}),
  });
  assertEquals(verdict.failure?.misunderstanding?.says, asleep.says);
  const text = report(verdict);
  assertStringIncludes(text, ">  1. your server speaks");
  assertStringIncludes(
    text,
    "what was done then, to see why it was silent:\n   2. somebody wakes it",
  );
});

Deno.test("a misunderstanding is recognised at its own step only", async () => {
  const proof = () => Promise.resolve();
  const at = (step: string) => ({
    ...asleep,
    shows: (evidence: Evidence) => evidence.silent && evidence.step === step,
    proof,
  });
  const here = await runSilent(at("your server speaks"));
  assertEquals(here.failure?.misunderstanding?.says, asleep.says);
  const elsewhere = await runSilent(at("your server ends"));
  assertEquals(elsewhere.failure?.misunderstanding, undefined);
});

Deno.test("a verdict of a machine that is too busy says so, and accuses nobody", async () => {
  const verdict = await runSilent(
    { ...asleep, proof: () => Promise.resolve() },
    true,
  );
  const text = report(verdict);
  assertStringIncludes(text, "sent nothing for 30 s on a busy machine");
  assertStringIncludes(text, "the machine had so much else to do");
  assertEquals(verdict.failure?.misunderstanding, undefined);
});

Deno.test("a report shows steps, difference, misunderstanding and the way back, in 80 columns", async () => {
  const wrong = "../tests/wrong/01_single_shot/server_decodes_whole_buffer.ts";
  const server = new URL(wrong, import.meta.url);
  const ours = pairIn(solutionFolder(check.lesson));
  const verdict = await runCase(check, first, { ...ours, server });
  const text = report(verdict, { alone: "try it again", onWire: "look at it" });
  for (
    const part of [
      "your server sent",
      "  1. your server starts: server.ts --port 0",
      ">  6. the client gets",
      "they part at byte 41, counted from 0:",
      "this is what a program does that decodes its whole buffer",
      'read: lessons/01_single_shot/README.md, "Read the code"',
      "this case alone: try it again\non the wire:     look at it",
    ]
  ) assertStringIncludes(text, part);
  assertEquals(text.split("\n").filter((line) => line.length > 80), []);
});
