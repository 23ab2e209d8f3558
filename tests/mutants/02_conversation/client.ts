/**
 * Mutants of lesson 02's client.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";
import { chatMutants } from "./server.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  ...chatMutants,
  {
    of: "client.ts",
    replace: 'await chat(conn, typedLines(""));\n});',
    with: `await chat(conn, wholeLines());
});

async function* wholeLines(): AsyncGenerator<string> {
  let rest = "";
  for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}`,
    breaks: [4],
    says: "loses a last line without a line end",
  },
  {
    of: "client.ts",
    replace: "using conn = await Deno.connect(address);",
    with:
      'using conn = await Deno.connect(address);\n  await Deno.stdout.write(new TextEncoder().encode("> "));',
    breaks: [12],
    says: "prints a prompt where there is no terminal",
  },
];
