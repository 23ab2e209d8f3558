import { assertEquals, assertRejects } from "@std/assert";
import { ProgramActor } from "./actors.ts";
import { Failure } from "./failure.ts";
import { untold } from "./fixtures/untold.ts";
import { hasPrinted, logs, logsConnectedFrom } from "./log.ts";
import { Program } from "./program.ts";
import { startReaper } from "./reaper.ts";

startReaper();

/** A server that prints these lines and ends. */
function printing(...lines: string[]): ProgramActor & AsyncDisposable {
  const program = Program.start({
    label: "your server",
    command: [
      Deno.execPath(),
      "eval",
      `console.log(${JSON.stringify(lines.join("\n"))})`,
    ],
  });
  return Object.assign(new ProgramActor(untold(), program), {
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  });
}

async function messageOf(act: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => act, Failure)).message;
}

Deno.test("logs() finds a line among others, and takes what stands before it", async () => {
  await using server = printing("a", "connected 127.0.0.1:5", "b", "c");
  assertEquals(await logsConnectedFrom(server), "127.0.0.1:5");
  assertEquals(await logs(server, "b"), "b");
  assertEquals(
    await messageOf(logs(server, "a")),
    'your server ended with exit code 0 when it was expected to print "a"; it printed "c"',
  );
});

Deno.test("hasPrinted() looks at the lines of one kind, and at how often they are there", async () => {
  await using server = printing("listening on 127.0.0.1:5", "a 1", "b", "a 2");
  await server.ends();
  await hasPrinted(server, "a ", "a 1", "a 2");
  await hasPrinted(server, "", "a 1", "b", "a 2");
  await hasPrinted(server, "c");
  assertEquals(
    await messageOf(hasPrinted(server, "a ", "a 2")),
    'your server printed "a 1", "a 2"; it was expected to print "a 2", and no other line that begins with "a "',
  );
});
