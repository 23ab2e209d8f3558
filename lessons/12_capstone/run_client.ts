/**
 * What every client of this lesson does: a command, or a menu on a terminal.
 *
 * @module
 */
import {
  type Address,
  type ClientContext,
  numberOf,
  typedLines,
  UsageError,
} from "@lessons/program.ts";
import {
  type Command,
  commands,
  inWords,
  readCommand,
  wordsOf,
} from "./commands.ts";
import { hiddenLine } from "./hidden_line.ts";
import { Link, type Request } from "./link.ts";
import { Refusal } from "./store.ts";

/** The command line of a client, but for its port. */
export const clientOptions = {
  flags: { user: "NAME", tries: "N" },
  switches: ["json", "signup"],
  words: "[COMMAND [WORD...]]",
} as const;

/** What a client of this lesson is handed. */
export type Context = ClientContext<"user" | "tries", "json" | "signup">;

/** A wish that a client is to see fulfilled, or refused. */
export interface Errand {
  /** The request. */
  readonly request: Request;
  /** How often it may be sent. */
  readonly tries: number;
  /** Connects, and logs in. */
  connect(): Promise<Link>;
}

/**
 * Does what the command line asks for.
 *
 * @param run Sees a `select` or a `drop` through, and gives what the reply has under `ok`.
 */
export async function runCommands(
  context: Context,
  run: (errand: Errand) => Promise<unknown>,
): Promise<void> {
  try {
    await doCommands(context, run);
  } catch (error) {
    throw error instanceof Refusal ? new Error(error.message) : error; // it is no bug: one line
  }
}

async function doCommands(
  context: Context,
  run: (errand: Errand) => Promise<unknown>,
): Promise<void> {
  const { address, flag, isOn, words } = context;
  const tries = numberOf("tries", flag("tries") ?? "5", {
    least: 1,
    most: 100,
  });
  const user = flag("user");
  const hasMenu = words.length === 0 && user !== undefined;
  const first = hasMenu ? undefined : readCommand(words);
  if (first && !first.command.isForAll && user === undefined) {
    throw new UsageError("--user says who you are");
  }
  const typed = new Typed(hasMenu ? "> " : "");
  const isKnown = user !== undefined && !first?.command.isForAll;
  const password = isKnown ? await typed.secret(`password of ${user}`) : "";
  let how = isOn("signup") ? "signup" : "login";
  let role = "";
  const connect = async () => {
    const link = await Link.open(address);
    try {
      if (user === undefined || !isKnown) return link;
      const who = await link.ask({
        id: newId(),
        op: how,
        name: user,
        password,
      });
      how = "login"; // whoever has signed up is known
      ({ role, token: link.token } = whoOf(who));
      return link;
    } catch (error) {
      link[Symbol.dispose]();
      throw error;
    }
  };
  const perform = async (command: Command, values: string[]) => {
    const more = command.asksPassword
      ? [await typed.line("password of the new one")]
      : [];
    const fields = command.request(...values, ...more);
    if (fields.op === "select" || fields.op === "drop") {
      const request = { ...fields, id: crypto.randomUUID() }; // one of a kind, for ever
      return await run({ request, tries, connect });
    }
    using link = await connect();
    return await link.ask({ ...fields, id: newId() });
  };
  const show = (ok: unknown) => {
    for (const line of isOn("json") ? [JSON.stringify(ok)] : inWords(ok)) {
      console.log(line);
    }
  };
  if (first) {
    show(await perform(first.command, first.values));
    return;
  }
  using greeting = await connect(); // a wrong password is told before the menu
  greeting.token = undefined;
  const menu = commands.filter(({ roles }) =>
    roles.some((one) => one === role)
  );
  await runMenu(
    menu,
    typed,
    address,
    async (command, values) => show(await perform(command, values)),
  );
}

/** A menu: a number, and then what the command wants to know. */
async function runMenu(
  menu: readonly Command[],
  typed: Typed,
  { hostname, port }: Address,
  perform: (command: Command, values: string[]) => Promise<void>,
): Promise<void> {
  console.log(`course selection at ${hostname}:${port}`);
  while (true) {
    for (const [i, { about }] of menu.entries()) {
      console.log(`${i + 1}  ${about}`);
    }
    console.log("0  leave");
    const number = await typed.next("what is it to be?");
    if (number === undefined || number === "0") return;
    const command = menu[Number(number) - 1];
    if (!command) {
      console.log(`a number from 0 to ${menu.length}, please`);
      continue;
    }
    const values: string[] = [];
    for (const word of wordsOf(command)) {
      const value = await typed.next(word.replace("...", "").toLowerCase());
      if (value === undefined) return;
      values.push(value);
    }
    try {
      await perform(command, values);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      console.log(`error: ${error.message}`);
    }
  }
}

/** The lines that somebody types, each after a question on stderr where that is a terminal. */
class Typed {
  readonly #lines: AsyncGenerator<string>;

  constructor(prompt: string) {
    this.#lines = typedLines(prompt);
  }

  async next(question: string): Promise<string | undefined> {
    if (Deno.stderr.isTerminal()) console.error(question);
    const { value, done } = await this.#lines.next();
    return done ? undefined : value;
  }

  /** The first line: where a terminal would show it, key by key. */
  async secret(question: string): Promise<string> {
    if (!Deno.stdin.isTerminal()) return await this.line(question);
    return await hiddenLine(question);
  }

  async line(question: string): Promise<string> {
    const line = await this.next(question);
    if (line === undefined) {
      throw new UsageError(`the ${question} comes on stdin, a line`);
    }
    return line;
  }
}

/** How many ids were made. */
let count = 0;

/** An id that is one of a kind on its connection. */
function newId(): string {
  return String(++count);
}

function whoOf(who: unknown): { token: string; role: string } {
  if (
    typeof who === "object" && who !== null && "token" in who && "role" in who
  ) return { token: String(who.token), role: String(who.role) };
  throw new Error("the server's answer to a login has no token");
}
