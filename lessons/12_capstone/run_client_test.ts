import { assertRejects } from "@std/assert";
import { UsageError } from "@lessons/program.ts";
import { runCommands } from "./run_client.ts";

const context = (words: string[], flags: Record<string, string> = {}) => ({
  address: { hostname: "127.0.0.1", port: 1 },
  flag: (name: string) => flags[name],
  isOn: () => false,
  words,
});

const wrong: [words: string[], flags: Record<string, string>, says: string][] =
  [
    [[], {}, 'there is no command ""'],
    [["shout"], {}, 'there is no command "shout"'],
    [["select", "NET"], {}, "--user says who you are"],
    [["select"], { user: "anna" }, "select CODE"],
    [["ping"], { tries: "0" }, "--tries"],
  ];

for (const [words, flags, says] of wrong) {
  Deno.test(`runCommands() refuses ${JSON.stringify([words, flags])}`, async () => {
    await assertRejects(
      () => runCommands(context(words, flags), () => Promise.resolve()),
      UsageError,
      says,
    );
  });
}
