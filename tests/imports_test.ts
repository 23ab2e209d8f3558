/**
 * Who imports whom: what stands below never knows what stands above, and
 * nothing goes round in a circle.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { root } from "@lessons/places.ts";
import { trackedFiles } from "./tracked_files.ts";

/** The parts of the course, lowest first. A part imports from itself and from those before it. */
const PARTS: readonly (readonly [part: string, files: RegExp])[] = [
  ["the standard library", /^std\//],
  ["what all programs share", /^lessons\/[^/]+\.ts$/],
  [
    "programs",
    /^(lessons|solutions|tests\/wrong|tests\/mutants\/\w+\/right)\/.*(?<!_test)\.ts$/,
  ],
  ["the kit", /^kit\//],
  ["tests beside programs", /^(lessons|solutions)\/.*_test\.ts$/],
  ["checks", /^tests\/\d\d_\w+(_test\.ts$|\/)/],
  ["the tool", /^course\//],
  ["the other tests", /^tests\//],
];

/** Each file of code, and the files of the course that it imports. */
const imports = await readImports();

Deno.test("no file imports from a part above its own", () => {
  const back: string[] = [];
  for (const [file, others] of imports) {
    for (const other of others) {
      if (rankOf(other) > rankOf(file)) back.push(`${file} → ${other}`);
    }
  }
  assertEquals(back, []);
});

Deno.test("no files import each other in a circle", () => {
  assertEquals(circles(imports), []);
});

Deno.test("no folders import each other in a circle", () => {
  const folders = new Map<string, Set<string>>();
  for (const [file, others] of imports) {
    const folder = folderOf(file);
    const known = folders.get(folder) ?? new Set();
    folders.set(folder, known);
    for (const other of others.map(folderOf)) {
      if (other !== folder) known.add(other);
    }
  }
  assertEquals(circles(folders), []);
});

Deno.test("circles() finds each circle once, however it is entered", () => {
  const graph = new Map([["a", ["b"]], ["b", ["c", "d"]], ["c", ["b"]]]);
  assertEquals(circles(graph), ["b → c → b"]);
  assertEquals(circles(new Map([["a", ["b", "c"]], ["b", ["c"]]])), []);
});

function rankOf(file: string): number {
  const rank = PARTS.findIndex(([, files]) => files.test(file));
  if (rank === -1) throw new Error(`Cannot tell the part of ${file}`);
  return rank;
}

/** The folder that a file belongs to: one of the tool's, or all of another part. */
function folderOf(file: string): string {
  return /^course(\/\w+(?=\/))?/.exec(file)?.[0] ??
    String(PARTS[rankOf(file)]?.[0]);
}

async function readImports(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const files = (await trackedFiles()).filter((file) =>
    /^(std|lessons|kit|tests|course|solutions)\/.*\.ts$/.test(file)
  );
  for (const file of files) {
    const text = await Deno.readTextFile(new URL(file, root));
    const specifiers = text.matchAll(
      /^(?:import|export)\b[^;]*?from "([^"]+)";|^import "([^"]+)";|\bimport\("([^"]+)"\)/gm,
    );
    const others = new Set<string>();
    for (const [, a, b, c] of specifiers) {
      const other = resolve(a ?? b ?? c ?? "", file);
      if (other !== undefined && files.includes(other)) others.add(other);
    }
    found.set(file, [...others]);
  }
  return found;
}

/** A file of the course by what an import calls it. */
function resolve(specifier: string, from: string): string | undefined {
  const isOurs = /^(\.{1,2}|@lessons)\//.test(specifier);
  if (!isOurs) return undefined;
  const path = specifier.replace(/^@lessons\//, new URL("lessons/", root).href);
  return new URL(path, new URL(from, root)).href.slice(root.href.length);
}

/** The circles of a graph, each from its first name in the alphabet. */
function circles(graph: ReadonlyMap<string, Iterable<string>>): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]) => {
    const at = path.indexOf(name);
    if (at !== -1) found.add(told(path.slice(at)));
    if (at !== -1 || done.has(name)) return;
    for (const next of graph.get(name) ?? []) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of graph.keys()) visit(name, []);
  return [...found].sort();
}

function told(circle: readonly string[]): string {
  const first = circle.toSorted()[0] ?? "";
  const at = circle.indexOf(first);
  return [...circle.slice(at), ...circle.slice(0, at), first].join(" → ");
}
