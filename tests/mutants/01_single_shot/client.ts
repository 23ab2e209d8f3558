/**
 * Mutants of lesson 01's client.
 *
 * @module
 */
import type { Mutant } from "../mutant.ts";

/** Each breaks a sentence of the exercise. */
export const mutants: readonly Mutant[] = [
  {
    of: "client.ts",
    replace: 'words.join(" ")',
    with: 'words[0] ?? ""',
    breaks: [10],
    says: "sends its first word only",
  },
  {
    of: "client.ts",
    replace: 'throw new UsageError("there is no message to send")',
    with: "return",
    breaks: [11],
    says: "ends well where there is nothing to send",
  },
  {
    of: "client.ts",
    replace: "if (count === null) break;",
    with: "if (count === null || total > 0) break;",
    breaks: [12],
    says: "reads twice at most",
  },
  {
    of: "client.ts",
    replace:
      'if (total === 0) throw new Error("the server closed without answering");',
    with: "",
    breaks: [14],
    says: "ends well where no answer came",
  },
];
