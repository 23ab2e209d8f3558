import { assertEquals } from "@std/assert";
import { changesOf, type Rule } from "./rules.ts";

/** What each rule makes of a program of one line. */
const EXAMPLES: readonly (readonly [Rule, string, ...string[]])[] = [
  ["await dropped", "await a;", "a;"],
  ["using dropped", "using a = b;", "const a = b;"],
  ["using dropped", "await using a = b;", "const a = b;"],
  ["number changed", "f(8);", "f(9);", "f(7);"],
  ["number changed", "f(0);", "f(1);", "f((-1));"],
  [
    "arithmetic turned",
    "f((a + b) * c);",
    "f((a + b) / c);",
    "f((a - b) * c);",
  ],
  ["arithmetic turned", "a += b;", "a -= b;"],
  ["arithmetic turned", "a++;", "a--;"],
  ["comparison turned", "f(a < b);", "f(a <= b);"],
  ["comparison turned", "f(a === b);", "f(a !== b);"],
  [
    "logic turned",
    "f(a && (b || c));",
    "f(a || (b || c));",
    "f(a && (b && c));",
  ],
  ["logic turned", "f(a ?? b);", "f(a && b);"],
  ["condition inverted", "if (a) f();", "if (!(a)) f();"],
  ["condition inverted", "if (!a) f();", "if (a) f();"],
  ["condition inverted", "if (a === b) f();"], // "comparison turned" does it
  ["condition fixed", "f(a ? b : c);", "f(true ? b : c);", "f(false ? b : c);"],
  ["condition fixed", "while (true) f();", "while (false) f();"],
  ["condition fixed", "f({ isOn: false });", "f({ isOn: true });"],
  ["statement removed", "await f();", ";"],
  ["statement removed", "a = b;", ";"],
  [
    "argument dropped",
    "f(a, (b), c);",
    "f((b), c);",
    "f(a, c);",
    "f(a, (b), );",
  ],
  ["argument dropped", "new A(a,);", "new A();"],
  [
    "argument dropped",
    "f({ a, b: c });",
    "f();",
    "f({ b: c });",
    "f({ a,  });",
  ],
  [
    "text changed",
    'f("ab", "c", "");',
    'f("a~b", "c", "");',
    'f("ab", "c~", "");',
    'f("ab", "c", "~");',
  ],
  ["text changed", "f(`${a} b`);", "f(`${a} ~b`);"],
  ["text changed", 'f("a\\n");', 'f("a~\\n");'],
  ["pattern changed", "f(/^a+$/);", "f(/a+$/);", "f(/^a*$/);", "f(/^a+/);"],
  ["pattern changed", "f(/[^$]\\+/s);", "f(/[^]\\+/s);", "f(/[^$]\\+/);"],
  ["jump removed", "while (a) break;", "while (a) ;"],
  ["jump removed", "function f() { return a; }", "function f() { a; }"],
  ["jump removed", "throw a;", ";"],
  ["handler emptied", "try { a; } catch { b; }", "try { a; } catch {}"],
  ["handler emptied", "try { a; } finally { b; }", "try { a; } finally {}"],
];

for (const [rule, program, ...changed] of EXAMPLES) {
  Deno.test(`changesOf() knows "${rule}": ${program}`, () => {
    const changes = changesOf(`${program}\n`)
      .filter((change) => change.rule === rule);
    assertEquals(changes.map(({ after }) => after), changed);
  });
}

Deno.test("changesOf() leaves types, imports and comments alone", () => {
  const text = `import a from "a"; // 1
interface A {
  readonly type: "a" | 1;
}
export const b: A | "b" = a as A;
`;
  assertEquals(changesOf(text), []);
});

Deno.test("changesOf() leaves out what is no program", () => {
  const rules = changesOf("f(a ?? b ?? c);\n").map(({ rule }) => rule);
  assertEquals(rules, ["statement removed", "argument dropped"]); // and no `a && b ?? c`
});

Deno.test("changesOf() says where a change is", () => {
  const text = `const f = () => {
  g(
    1, // first
  );
};
`;
  const change = changesOf(text).find(({ rule }) => rule === "number changed");
  assertEquals(change, {
    rule: "number changed",
    line: 3,
    inside: "f",
    before: "1,",
    after: "2,",
    text: text.replace("1", "2"),
  });
});
