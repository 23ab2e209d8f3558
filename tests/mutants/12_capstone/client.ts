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
];
