/**
 * `deno task wire FILE.jsonl`: shows a kept run again.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { setColorEnabled } from "@std/fmt/colors";
import { runCommand, unknownFlag } from "../user/command_line.ts";
import { UserError } from "../user/error.ts";
import { userFile } from "../user/file.ts";
import { readRecordingFile, save } from "../wire/file.ts";
import { draw } from "../wire/view.ts";

const USAGE = "deno task wire FILE.jsonl [--save FILE.svg|FILE.html]";

setColorEnabled(Deno.stdout.isTerminal() && !Deno.noColor);

await runCommand(async () => {
  const flags = parseArgs(Deno.args, {
    string: ["save", "_"],
    unknown(flag, key) {
      if (key !== undefined) throw unknownFlag(flag, USAGE);
    },
  });
  const [name, ...tooMany] = flags._.map(String);
  if (name === undefined) {
    throw new UserError(`which recording? usage: ${USAGE}`);
  }
  if (tooMany[0] !== undefined) {
    throw new UserError(
      `"${tooMany[0]}" is one word too many; usage: ${USAGE}`,
    );
  }
  const file = await userFile(name, "wire", [".jsonl"]);
  const target = flags.save === undefined
    ? undefined
    : await userFile(flags.save, "--save", [".svg", ".html"]);
  const jsonl = await readRecordingFile(file);
  const view = draw(jsonl, `${name}, on the wire`);
  if (target === undefined) console.log(view.text);
  else await save(target, jsonl, view);
  return 0;
});
