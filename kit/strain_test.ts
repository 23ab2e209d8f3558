import { assert, assertEquals } from "@std/assert";
import { byClock, guard, type Patience } from "./guard.ts";
import { startReaper } from "./reaper.ts";
import { SharedPatience, Strain } from "./strain.ts";
import { Program } from "./program.ts";

startReaper();

/** Looks until so much is lost, in milliseconds. */
async function untilLost(patience: Patience, ms: number): Promise<void> {
  const look = async () => {
    while (patience.lost < ms) await patience.look();
  };
  await guard(byClock(60_000), look());
}

/** A program that works without a pause until it is ended. */
function start(code: string): Program {
  return Program.start({
    label: "the program",
    command: [Deno.execPath(), "eval", code],
  });
}

Deno.test({
  name: "a program that has to share its processor has lost time",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const count = 2 * navigator.hardwareConcurrency;
    const programs = Array.from(
      { length: count },
      () => start("while (true);"),
    );
    try {
      const patience = new SharedPatience(() =>
        programs.map(({ strain }) => strain)
      );
      await untilLost(patience, 100);
    } finally {
      for (const program of programs) await program.end();
    }
  },
});

Deno.test({
  name: "what a program's own programs wait for counts, too",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const count = 2 * navigator.hardwareConcurrency;
    await using parent = start(`
      const args = ["eval", "while (true);"];
      const children = Array.from({ length: ${count} }, () =>
        new Deno.Command(Deno.execPath(), { args }).spawn());
      for await (const _ of Deno.stdin.readable);
      for (const child of children) child.kill("SIGKILL");
      for (const child of children) await child.status;
    `);
    await untilLost(parent.patience, 100);
    await parent.endInput();
    await parent.exited;
  },
});

Deno.test("a program that nobody knows about costs a start, and no error", async () => {
  await using strain = new Strain(2 ** 30); // no system gives such an id
  await strain.look();
  assert(strain.lost >= 0);
});

Deno.test("patience with nobody has lost nothing", async () => {
  const patience = new SharedPatience(() => []);
  await patience.look();
  assertEquals(patience.lost, 0);
});
