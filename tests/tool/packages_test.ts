/**
 * A command fetches the packages that it needs, and no others: the first
 * `deno task lesson 1` on a machine does not wait for the slides' packages.
 *
 * What `imports` in `deno.json` names, and what a lock file that it names
 * holds, `deno task` fetches whole before any command begins. That is why the
 * packages stand in `scopes` there, and why each task names the lock file.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { root } from "@lessons/places.ts";
import { guard } from "../../kit/guard.ts";
import { startReaper } from "../../kit/reaper.ts";
import { Strain } from "../../kit/strain.ts";
import { Copy } from "./copy.ts";
import { patienceWith } from "./screen.ts";

startReaper();

/** The packages that each command's modules import, with what those import in turn. */
const WIRE = [
  "ansi-regex",
  "deno-std",
  "get-east-asian-width",
  "string-width",
  "strip-ansi",
];
const SLIDES = [
  "argparse",
  "entities",
  "highlight.js",
  "linkify-it",
  "markdown-it",
  "mdurl",
  "punycode.js",
  "reveal.js",
  "uc.micro",
];
const EDITOR = [
  "@codemirror/autocomplete",
  "@codemirror/commands",
  "@codemirror/lang-javascript",
  "@codemirror/lang-python",
  "@codemirror/language",
  "@codemirror/lint",
  "@codemirror/merge",
  "@codemirror/search",
  "@codemirror/state",
  "@codemirror/streamparser",
  "@codemirror/view",
  "@lezer/common",
  "@lezer/highlight",
  "@lezer/javascript",
  "@lezer/lr",
  "@lezer/python",
  "@marijn/find-cluster-break",
  "crelt",
  "style-mod",
  "w3c-keyname",
];
const NEEDED: readonly (readonly [string, readonly string[]])[] = [
  ["doctor", []],
  ["hint 1", []],
  ["reset 1", []],
  ["solution 1", ["deno-std", "diff"]],
  ["lesson 1", WIRE],
  ["check 1", WIRE],
  ["wire run.jsonl", WIRE],
  ["slides 1", [...SLIDES, ...WIRE].sort()],
  ["course", [...EDITOR, ...SLIDES, ...WIRE, "diff"].sort()],
];

for (const [command, packages] of NEEDED) {
  const [name = ""] = command.split(" ");
  Deno.test(`${name} imports these packages: ${packages.join(", ") || "none"}`, async () => {
    assertEquals(await packagesOf(`course/commands/${name}.ts`), packages);
  });
}

Deno.test("a command asks for nothing else, says nothing of it, and says what it could not get", async (t) => {
  await using copy = await Copy.make();
  for (const [command, packages] of NEEDED) {
    await t.step(command, async () => {
      const { asked, said } = await runFirst(copy, command.split(" "));
      const [task, problem = ""] = said.split("\n");
      assertMatch(task ?? "", /^Task /);
      assertEquals(asked.filter((name) => !packages.includes(name)), []);
      assertEquals(asked.length > 0, packages.length > 0);
      if (packages.length === 0) assertEquals(problem, "");
      else assertMatch(problem, /^error: Failed caching npm package '/);
    });
  }
});

Deno.test("deno task test does not ask for playwright-core where no browser is", async () => {
  await using copy = await Copy.make();
  const { asked, said } = await runFirst(copy, [
    "test",
    "tests/pages/slides_test.ts",
    "tests/tool/viewer_test.ts",
  ]);
  assertStringIncludes(said, "error: Failed caching npm package '");
  assertEquals(asked.includes("string-width"), true);
  assertEquals(asked.includes("playwright-core"), false);
});

Deno.test("the lock file has the packages that deno.json and the stand-ins name, and no others", async () => {
  const read = async (name: string) =>
    JSON.parse(await Deno.readTextFile(new URL(name, root)));
  const { imports, scopes, lock } = await read("deno.json");
  const { specifiers } = await read("deno.lock");
  const isPackage = (name: string) => name.startsWith("npm:");
  assertEquals(lock, false);
  assertEquals(Object.values<string>(imports).filter(isPackage), []);
  const named = Object.values<Record<string, string>>(scopes)
    .flatMap((scope) => Object.values(scope));
  const standIns = "npm:deno-std@1.4.0"; // std/README.md
  assertEquals(
    [...named, standIns].sort(),
    Object.keys(specifiers).filter(isPackage).sort(),
  );
});

/** The names of the packages that a program's modules import, and of those that these import. */
async function packagesOf(program: string): Promise<string[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--lock=deno.lock", program],
    cwd: root,
    stderr: "inherit",
  }).output();
  const { modules, npmPackages } = JSON.parse(new TextDecoder().decode(stdout));
  const names = new Set<string>();
  const add = (id: string) => {
    names.add(npmPackages[id].name);
    for (const other of npmPackages[id].dependencies) add(other);
  };
  for (const { npmPackage } of modules) if (npmPackage) add(npmPackage);
  return [...names].sort();
}

/** Runs a task where no package has been fetched yet, with a registry that has none and hears which are asked for. */
async function runFirst(copy: Copy, command: readonly string[]) {
  const asked = new Set<string>();
  await using registry = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => {
      const path = decodeURIComponent(new URL(request.url).pathname);
      asked.add(/^\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? "");
      return new Response("there is nothing here\n", { status: 404 });
    },
  );
  const cache = await Deno.makeTempDir();
  try {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["task", ...command],
      cwd: copy.folder,
      env: {
        CHROME: "",
        DENO_DIR: cache,
        NO_COLOR: "1",
        NPM_CONFIG_REGISTRY: `http://127.0.0.1:${registry.addr.port}/`,
        PATH: "", // no browser is found
      },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    await using strain = new Strain(child.pid);
    const { stderr } = await guard(patienceWith(strain), child.output());
    return { asked: [...asked], said: new TextDecoder().decode(stderr) };
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
}
