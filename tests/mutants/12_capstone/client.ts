/**
 * Mutants of lesson 12's client.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "client.ts",
    replace: "return await link.ask(request);",
    with: "await link.ask(request);\nreturn true;",
    breaks: [16],
    says: "does not say what came of it",
  },
  {
    of: "client.ts",
    replace: "link.ask(request)",
    with: 'link.ask({ ...request, op: "select" })',
    breaks: [16],
    says: "selects what is to be dropped",
  },
  {
    of: "client.ts",
    replace: "if (!isLost(error)) throw error;",
    with: "if (!error) throw error;",
    breaks: [17],
    says: "asks again when it is refused",
  },
  {
    of: "client.ts",
    replace: "if (!isLost(error)) throw error;",
    with: "if (!isLost(error)) return String(error);",
    breaks: [17],
    says: "takes a refusal for a result",
  },
  {
    of: "client.ts",
    replace: "link.ask(request)",
    with: 'link.ask({ ...request, id: "1" })',
    breaks: [18],
    says: "gives each wish the same id",
  },
  {
    of: "client.ts",
    replace: "link.ask(request)",
    with: "link.ask({ ...request, id: `${request.op}` })",
    breaks: [18],
    says: "calls a wish by what it wants",
  },
  {
    of: "client.ts",
    replace: "if (!isLost(error)) throw error;",
    with: "throw error;",
    breaks: [19],
    says: "gives up with the connection",
    told: "a lost connection for the last word",
  },
  {
    of: "client.ts",
    replace: "link.ask(request)",
    with: "link.ask({ ...request, id: crypto.randomUUID() })",
    breaks: [19],
    says: "makes a new id for each try",
    told: "another id",
  },
  {
    of: "client.ts",
    replace: "number <= tries",
    with: "number < tries",
    breaks: [20],
    says: "tries once too few",
  },
  {
    of: "client.ts",
    replace: "number <= tries",
    with: "number <= tries + 1",
    breaks: [20],
    says: "tries once too often",
  },
  {
    of: "client.ts",
    replace: "link.ask(request)",
    with: 'link.ask(request, () => {\nthrow new Error("what is that?");\n})',
    breaks: [21],
    says: "ends at an event",
  },
  {
    of: "client.ts",
    replace: "link.ask(request)",
    with: "link.ask(request, (event) => console.log(JSON.stringify(event)))",
    breaks: [21],
    says: "prints events",
  },
  {
    of: "client.ts",
    replace: "    try {\n      using link = await connect();",
    with: "    using link = await connect();\n    try {",
    breaks: [19, 20],
    says: "does not try again where nothing listens",
  },
  {
    of: "client.ts",
    replace: "if (!isLost(error)) throw error;",
    with:
      "if (!isLost(error)) throw error;\n      if (error instanceof Deno.errors.ConnectionRefused) number--;",
    breaks: [20],
    says: "takes a refused connection for no try",
  },
  {
    of: "client.ts",
    replace: "if (number > 1) await delay(between.next().value);",
    with: "",
    breaks: [19],
    says: "tries again at once",
  },
  {
    of: "client.ts",
    replace: "if (!isLost(error)) throw error;",
    with:
      "if (!isLost(error) || error instanceof Deno.errors.ConnectionReset) throw error;",
    breaks: [19],
    says: "takes a reset for the last word",
  },
  {
    of: "client.ts",
    replace: "    try {\n      using link = await connect();",
    with:
      "    try {\n      let link;\n      try {\n        link = await connect();\n      } catch (error) {\n        if (!isLost(error) || error instanceof Deno.errors.ConnectionRefused) throw error;\n        number--;\n        continue;\n      }",
    breaks: [20],
    says: "counts what it has sent, and no login that is lost",
  },
];
