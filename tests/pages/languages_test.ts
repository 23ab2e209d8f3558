/**
 * The page about other languages is true: its template keeps the contract.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { root } from "@lessons/places.ts";
import { fences } from "../../course/markdown.ts";
import { findPython, python } from "../../kit/python.ts";
import { startReaper } from "../../kit/reaper.ts";
import { shellWord } from "../../kit/shell_word.ts";
import { Copy } from "../tool/copy.ts";

startReaper();

Deno.test({
  name: "LANGUAGES.md's template keeps the contract",
  ignore: !findPython(),
  async fn(t) {
    const page = await Deno.readTextFile(new URL("LANGUAGES.md", root));
    const [template] = fences(page, "python");
    const text = template?.lines.join("\n") ?? "";
    await using copy = await Copy.make();
    await Deno.writeTextFile(copy.path("server.py"), text);
    const server = `${shellWord(python())} server.py`;
    for (const part of ["reports an address in use", "refuses ports"]) {
      await t.step(part, async () => {
        const { code, stdout } = await copy.run(
          ...["check", "1", "--server", server, "--case", part],
        );
        assertEquals(code, 0, stdout);
        assertStringIncludes(stdout, "passed: ");
      });
    }
  },
});
