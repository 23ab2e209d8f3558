/**
 * `deno task wire FILE.jsonl`: shows a kept run again.
 *
 * @module
 */
import { setColorEnabled } from "@std/fmt/colors";
import { runCommand } from "../user/command_line.ts";
import { userFile } from "../user/file.ts";
import { readRecordingFile, save } from "../wire/file.ts";
import { widthOfTerminal } from "../wire/terminal.ts";
import { draw } from "../wire/view.ts";

const COMMAND = {
  usage: "deno task wire FILE.jsonl [--save FILE.svg|FILE.html]",
  about: "Shows a run again that deno task lesson has kept.",
  words: [{
    name: "FILE.jsonl",
    about: "the run's recording",
    asks: "which recording?",
  }],
  flags: {
    save: {
      about: "makes a picture of it instead, or a page for a browser",
      value: {
        name: "FILE",
        what: "a file that ends in .svg or .html",
      },
    },
  },
  examples: [
    "deno task lesson 1 --save run.jsonl",
    "deno task wire run.jsonl",
    "deno task wire run.jsonl --save run.html",
  ],
} as const;

setColorEnabled(Deno.stdout.isTerminal() && !Deno.noColor);

await runCommand(COMMAND, async ({ words: [name = ""], flags }) => {
  const file = await userFile(name, "wire", [".jsonl"]);
  const target = flags.save === undefined
    ? undefined
    : await userFile(flags.save, "--save", [".svg", ".html"]);
  const recordings = await readRecordingFile(file);
  const view = draw(recordings, `${name}, on the wire`, widthOfTerminal());
  console.log(
    target === undefined ? view.text : await save(target, recordings, view),
  );
  return 0;
});
