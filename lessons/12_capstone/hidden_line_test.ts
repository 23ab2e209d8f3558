import { assertEquals, assertRejects } from "@std/assert";
import { hiddenLine } from "./hidden_line.ts";

/** A terminal at which that is typed, and what it was told. */
function terminal(typed: string) {
  const keys = [...new TextEncoder().encode(typed)];
  const modes: boolean[] = [];
  return {
    modes,
    left: keys,
    setRaw(mode: boolean) {
      modes.push(mode);
    },
    read(into: Uint8Array) {
      assertEquals(modes, [true], "it would be shown");
      const key = keys.shift();
      if (key === undefined) return Promise.resolve(null);
      into[0] = key;
      return Promise.resolve(1);
    },
  };
}

Deno.test("hiddenLine() gives what was typed up to Enter or Ctrl-D, and the terminal back", async () => {
  for (const end of ["\r", "\n", "\x04"]) {
    const typed = terminal(`correct 马 staple${end}more`);
    assertEquals(await hiddenLine("password", typed), "correct 马 staple");
    assertEquals(typed.modes, [true, false]);
    assertEquals(typed.left.length, 4);
  }
});

Deno.test("hiddenLine() takes a character back with each Backspace, however many bytes it has", async () => {
  const back = "\x7f";
  const typed = terminal(`a${back}${back}secr你𠮷é${back}${back}${back}et\r`);
  assertEquals(await hiddenLine("password", typed), "secret");
});

Deno.test("hiddenLine() gives what was typed where the terminal closes", async () => {
  assertEquals(await hiddenLine("password", terminal("half")), "half");
  assertEquals(await hiddenLine("password", terminal("")), "");
});

Deno.test("hiddenLine() gives the terminal back where it cannot read", async () => {
  const broken = {
    ...terminal(""),
    read: () => Promise.reject(new Error("no terminal")),
  };
  await assertRejects(
    () => hiddenLine("password", broken),
    Error,
    "no terminal",
  );
  assertEquals(broken.modes, [true, false]);
});
