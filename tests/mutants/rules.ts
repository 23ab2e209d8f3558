/**
 * Mutants by rule: all the small changes of a program that somebody could make
 * by mistake, found in its syntax tree.
 *
 * @module
 */
import { parse } from "@babel/parser";
import type { Expression, Node } from "@babel/types";

/** A piece of a program, and what stands there instead. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly with: string;
}

/** A program that is changed in one place. */
export interface Change {
  /** What was done. */
  readonly rule: Rule;
  /** The line in which the change begins, from 1. */
  readonly line: number;
  /** The function in which it stands; empty outside of all. */
  readonly inside: string;
  /** That line before it, without indentation and comment. */
  readonly before: string;
  /** That line after it. */
  readonly after: string;
  /** The whole program after it. */
  readonly text: string;
}

/** Finds what a rule changes at a node. */
type Find = (node: Node, text: string) => Iterable<Edit>;

/** Each rule by its name, which says what it does. */
const RULES = {
  *"await dropped"(node, text) {
    if (node.type === "AwaitExpression") {
      yield instead(node, code(node.argument, text));
    }
  },
  *"using dropped"(node) {
    if (node.type !== "VariableDeclaration") return;
    const { start } = placeOf(node);
    if (node.kind === "using" || node.kind === "await using") {
      yield { start, end: start + node.kind.length, with: "const" };
    }
  },
  *"number changed"(node) {
    if (node.type !== "NumericLiteral") return;
    yield instead(node, String(node.value + 1));
    yield instead(node, node.value === 0 ? "(-1)" : String(node.value - 1));
  },
  *"arithmetic turned"(node, text) {
    if (node.type === "BinaryExpression") {
      yield* turnOperator(node, text, ARITHMETIC);
    } else if (node.type === "AssignmentExpression") {
      yield* turnOperator(node, text, ASSIGNMENTS);
    } else if (node.type === "UpdateExpression") {
      const argument = code(node.argument, text);
      const operator = node.operator === "++" ? "--" : "++";
      yield instead(
        node,
        node.prefix ? `${operator}${argument}` : `${argument}${operator}`,
      );
    }
  },
  *"comparison turned"(node, text) {
    if (node.type === "BinaryExpression") {
      yield* turnOperator(node, text, COMPARISONS);
    }
  },
  *"logic turned"(node, text) {
    if (node.type === "LogicalExpression") {
      yield* turnOperator(node, text, LOGIC);
    }
  },
  *"condition inverted"(node, text) {
    const test = conditionOf(node);
    if (test && !isEasilyTurned(test)) {
      yield instead(test, `!(${code(test, text)})`);
    }
    if (node.type === "UnaryExpression" && node.operator === "!") {
      yield instead(node, code(node.argument, text));
    }
  },
  *"condition fixed"(node) {
    const test = conditionOf(node);
    if (test) {
      yield instead(test, "true");
      yield instead(test, "false");
    }
    if (node.type === "BooleanLiteral") yield instead(node, `${!node.value}`);
  },
  *"statement removed"(node) {
    if (node.type === "ExpressionStatement") yield instead(node, ";");
  },
  *"argument dropped"(node, text) {
    if (node.type !== "CallExpression" && node.type !== "NewExpression") return;
    for (const [i, argument] of node.arguments.entries()) {
      yield without(node.arguments, i, text);
      if (argument.type !== "ObjectExpression") continue;
      for (const j of argument.properties.keys()) { // an argument with a name
        yield without(argument.properties, j, text);
      }
    }
  },
  *"text changed"(node, text) {
    const { start, end } = placeOf(node);
    if (node.type === "StringLiteral") yield splice(start + 1, end - 1, text);
    else if (node.type === "TemplateElement" && start < end) {
      yield splice(start, end, text);
    }
  },
  *"pattern changed"(node) {
    if (node.type !== "RegExpLiteral") return;
    for (const pattern of changedPatterns(node.pattern)) {
      yield instead(node, `/${pattern}/${node.flags}`);
    }
    if (node.flags !== "") yield instead(node, `/${node.pattern}/`);
  },
  *"jump removed"(node, text) {
    if (node.type === "BreakStatement" || node.type === "ContinueStatement") {
      yield instead(node, ";");
    } else if (node.type === "ThrowStatement") {
      yield instead(node, ";");
    } else if (node.type === "ReturnStatement") {
      yield instead(
        node,
        node.argument ? `${code(node.argument, text)};` : ";",
      );
    }
  },
  *"handler emptied"(node) {
    if (node.type === "CatchClause") yield instead(node.body, "{}");
    else if (node.type === "TryStatement" && node.finalizer) {
      yield instead(node.finalizer, "{}");
    }
  },
} satisfies Record<string, Find>;

/** A rule by which programs are changed. */
export type Rule = keyof typeof RULES;

const ARITHMETIC: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
};
const ASSIGNMENTS: Readonly<Record<string, string>> = {
  "+=": "-=",
  "-=": "+=",
  "??=": "=",
};
const COMPARISONS: Readonly<Record<string, string>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
};
const LOGIC: Readonly<Record<string, string>> = {
  "&&": "||",
  "||": "&&",
  "??": "&&",
};

/** Every change of a program by one rule, each text once. Those that are no program are left out. */
export function changesOf(text: string): Change[] {
  const changes = new Map<string, Change>();
  for (const { node, inside } of nodesIn(tree(text), "")) {
    for (const [rule, find] of entries(RULES)) {
      for (const edit of find(node, text)) {
        const change = changeBy(rule, inside, edit, text);
        if (changes.has(change.text) || !isProgram(change.text)) continue;
        changes.set(change.text, change);
      }
    }
  }
  return [...changes.values()];
}

function changeBy(
  rule: Rule,
  inside: string,
  { start, end, with: other }: Edit,
  text: string,
): Change {
  const changed = text.slice(0, start) + other + text.slice(end);
  const line = text.slice(0, start).split("\n").length;
  return {
    rule,
    line,
    inside,
    before: lineOf(text, line),
    after: lineOf(changed, line),
    text: changed,
  };
}

/** Whether a text is a program in TypeScript, as far as its syntax goes. */
export function isProgram(text: string): boolean {
  try {
    tree(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function tree(text: string): Node {
  return parse(text, {
    sourceType: "module",
    plugins: ["typescript"],
    createParenthesizedExpressions: true, // so that a node's text is all of it
  }).program;
}

/** A node and those in it that do something, each with the function in which it stands. */
function* nodesIn(
  node: Node,
  inside: string,
): Generator<{ node: Node; inside: string }> {
  if (isPassive(node)) return;
  yield { node, inside };
  const within = nameOfFunction(node) ?? inside;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* nodesIn(child, within);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value &&
    "start" in value;
}

/** Whether a node is gone when the program runs, or cannot be another: comments, types, imports. */
function isPassive({ type }: Node): boolean {
  const isType = type.startsWith("TS") &&
    !["TSAsExpression", "TSNonNullExpression", "TSSatisfiesExpression"]
      .includes(type);
  return isType || type.startsWith("Comment") || type === "ImportDeclaration";
}

function nameOfFunction(node: Node): string | undefined {
  switch (node.type) {
    case "FunctionDeclaration":
      return node.id?.name;
    case "ClassMethod":
      return node.key.type === "Identifier" ? node.key.name : undefined;
    case "ClassPrivateMethod":
      return node.key.id.name;
    case "VariableDeclarator":
      return node.init?.type === "ArrowFunctionExpression" &&
          node.id.type === "Identifier"
        ? node.id.name
        : undefined;
    default:
      return undefined;
  }
}

/** What decides which way a program goes, where that is not fixed. */
function conditionOf(node: Node): Expression | undefined {
  switch (node.type) {
    case "IfStatement":
    case "ConditionalExpression":
    case "WhileStatement":
    case "DoWhileStatement":
      return node.test.type === "BooleanLiteral" ? undefined : node.test;
    case "ForStatement":
      return node.test ?? undefined;
    default:
      return undefined;
  }
}

/** Whether another rule makes the opposite of a condition. */
function isEasilyTurned(test: Expression): boolean {
  return test.type === "UnaryExpression"
    ? test.operator === "!"
    : test.type === "BinaryExpression" && /^[!=]==$/.test(test.operator);
}

function* turnOperator(
  { operator, left, right }: {
    readonly operator: string;
    readonly left: Node;
    readonly right: Node;
  },
  text: string,
  turned: Readonly<Record<string, string>>,
): Generator<Edit> {
  const other = turned[operator];
  if (other === undefined) return;
  const from = placeOf(left).end;
  const between = text.slice(from, placeOf(right).start);
  const start = from + between.indexOf(operator);
  yield { start, end: start + operator.length, with: other };
}

/** Takes one out of a list, with the comma behind it. */
function without(list: readonly Node[], i: number, text: string): Edit {
  const [one, next] = [list[i], list[i + 1]];
  if (!one) throw new Error(`Cannot take out ${i}: there is none`);
  const { start, end } = placeOf(one);
  if (next) return { start, end: placeOf(next).start, with: "" };
  const comma = /^\s*,/.exec(text.slice(end))?.[0] ?? "";
  return { start, end: end + comma.length, with: "" };
}

/** Puts something into the middle of a text, but not into an escape. */
function splice(start: number, end: number, text: string): Edit {
  const middle = Math.ceil((start + end) / 2);
  const at = text[middle - 1] === "\\" ? middle - 1 : middle;
  return { start: at, end: at, with: "~" };
}

/** A pattern without one of its anchors, or with one of its repetitions turned. */
function* changedPatterns(pattern: string): Generator<string> {
  const turned: Readonly<Record<string, string>> = {
    "^": "",
    "$": "",
    "+": "*",
    "*": "+",
    "?": "",
  };
  for (const { 0: found, index } of pattern.matchAll(/\\.|\[\^?|./g)) {
    const other = turned[found];
    if (other === undefined) continue;
    yield pattern.slice(0, index) + other + pattern.slice(index + 1);
  }
}

function instead(node: Node, text: string): Edit {
  return { ...placeOf(node), with: text };
}

function code(node: Node, text: string): string {
  const { start, end } = placeOf(node);
  return text.slice(start, end);
}

function placeOf({ start, end }: Node): { start: number; end: number } {
  if (typeof start !== "number" || typeof end !== "number") {
    throw new Error("Cannot find a node: it was not read from a text");
  }
  return { start, end };
}

/** A line without its indentation and the comment at its end. */
function lineOf(text: string, line: number): string {
  return (text.split("\n")[line - 1] ?? "").replace(/\s\/\/ .*$/, "").trim();
}

function entries<K extends string, V>(record: Record<K, V>): [K, V][] {
  const keys: K[] = [];
  for (const key in record) keys.push(key);
  return keys.map((key) => [key, record[key]]);
}
