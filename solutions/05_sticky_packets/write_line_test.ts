import { assertEquals } from "@std/assert";
import { writeLine } from "./write_line.ts";

Deno.test("writeLine() writes on when a write takes only a part", async () => {
  const taken: number[] = [];
  const threeAtMost = {
    write(bytes: Uint8Array) {
      const part = bytes.subarray(0, 3);
      taken.push(...part);
      return Promise.resolve(part.length);
    },
  };
  await writeLine(threeAtMost, "你好");
  await writeLine(threeAtMost, "");
  assertEquals(new TextDecoder().decode(new Uint8Array(taken)), "你好\n\n");
});
