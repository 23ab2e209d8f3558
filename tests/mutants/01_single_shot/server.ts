/**
 * Mutants of lesson 01's server.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "server.ts",
    replace: "${count} bytes",
    with: "${text.length} bytes",
    breaks: [5],
    says: "counts characters",
  },
  {
    of: "server.ts",
    replace: "conn.remoteAddr",
    with: "conn.localAddr",
    breaks: [6],
    says: "names its own address",
  },
  {
    of: "server.ts",
    replace: "${text.toUpperCase()}\\n",
    with: "${text.toUpperCase()}",
    breaks: [4],
    says: "leaves the line feed out",
  },
  {
    of: "server.ts",
    replace: 'console.log("client left without a word");',
    with: "",
    breaks: [9],
    says: "says nothing of a client that left without a word",
  },
];
