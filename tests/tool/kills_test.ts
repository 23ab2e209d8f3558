/**
 * A command that is killed leaves nothing behind. Many more kills:
 * `tests/bench/kills.ts`.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { guard } from "../../kit/guard.ts";
import { Strain } from "../../kit/strain.ts";
import { Copy } from "./copy.ts";
import { patienceWith } from "./screen.ts";

for (
  const [command = "", ...args] of [
    ["check", "1"],
    ["check", "1", "--watch"],
    ["lesson", "1", "--mine"],
  ]
) {
  Deno.test(`nothing is left behind when ${command} ${args.join(" ")} is killed`, async () => {
    await using copy = await Copy.make();
    // The learner's server connects back here and ignores signals: this connection ends when it does.
    using home = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    await Deno.mkdir(copy.path("answers/01_single_shot"), { recursive: true });
    await Deno.writeTextFile(
      copy.path("answers/01_single_shot/server.ts"),
      `Deno.addSignalListener("SIGINT", () => {});
       await Deno.connect({ port: ${home.addr.port} });
       setInterval(() => {}, 1000);`,
    );
    const tool = copy.command(command, ...args).spawn();
    await using strain = new Strain(tool.pid);
    const patience = patienceWith(strain);
    using server = await guard(patience, home.accept());
    tool.kill("SIGKILL");
    await tool.status;
    await Promise.all([tool.stdout.cancel(), tool.stderr.cancel()]);
    const end = await guard(
      patience,
      server.read(new Uint8Array(1)).catch(() => null),
    );
    assertEquals(end, null);
    await guard(patience, becomesEmpty(copy.temporary));
  });
}

/** Settles when nothing stands in a folder any more. */
async function becomesEmpty(folder: string): Promise<void> {
  while (!Deno.readDirSync(folder)[Symbol.iterator]().next().done) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
