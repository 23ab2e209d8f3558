/**
 * `deno task ask`: raises one's hand on the class board.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { postToBoard } from "../class/ask.ts";
import { lastFailure, readMembership } from "../class/member.ts";
import {
  type Hand,
  MOST_STEPS,
  MOST_TEXT,
  MOST_WIRE,
  readObject,
  type Share,
} from "../class/report.ts";
import { plain } from "../../kit/plain.ts";
import { runCommand } from "../user/command_line.ts";
import { UserError } from "../user/error.ts";

const COMMAND = {
  usage: "deno task ask [TEXT] [--share | --done]",
  about: "Raises your hand on the class board that you have joined.",
  words: [{ name: "TEXT", about: "what you want to ask, in quotes" }],
  flags: {
    share: {
      about:
        "shows your instructor the case that failed last: its steps, and what was on the wire; not your programs",
    },
    done: { about: "takes your hand down" },
  },
  exclusive: [["share", "done"]],
  examples: [
    'deno task ask "why does my client wait?" --share',
    "deno task ask --done",
  ],
} as const;

/** What failed last, as the check noted it. */
interface LastFailure {
  readonly lesson: string;
  readonly failed: string;
  readonly steps: readonly string[];
}

await runCommand(COMMAND, async ({ words: [text = ""], flags }) => {
  const membership = await readMembership();
  if (!membership) {
    throw new UserError("no board is joined: deno task join --help", 1);
  }
  const { origin } = membership;
  const body = flags.done
    ? { up: false }
    : await makeHand(text.slice(0, MOST_TEXT), flags.share);
  const { status, text: said } = await postToBoard(
    origin,
    "/hand",
    body,
    membership,
  ).catch(() => {
    throw new UserError(`the board at ${origin} does not answer`, 1);
  });
  if (status !== 200) {
    throw new UserError(`the board says: ${plain(said).slice(0, 200)}`, 1);
  }
  console.log(
    flags.done ? "your hand is down" : "your hand is up; --done takes it down",
  );
  return 0;
});

async function makeHand(text: string, isShared: boolean): Promise<Hand> {
  const last = await readLastFailure();
  if (!isShared) return { lesson: last?.lesson ?? "", text };
  if (!last) throw new UserError("no case has failed yet: nothing to share", 1);
  const share = { ...last, wire: await wireOf(last) };
  console.log(`shared: ${share.failed}, its steps and its wire`);
  return { lesson: last.lesson, text, share: shorten(share) };
}

async function readLastFailure(): Promise<LastFailure | undefined> {
  try {
    const { lesson, failed, steps } = readObject(
      JSON.parse(await Deno.readTextFile(lastFailure)),
      "it",
    );
    if (typeof lesson !== "string" || typeof failed !== "string") {
      return undefined;
    }
    return {
      lesson,
      failed,
      steps: Array.isArray(steps) ? steps.map(String) : [],
    };
  } catch {
    return undefined;
  }
}

/** What passes between the programs in that case, as the ladder shows it: its rows, and no word of a program on stderr, which may quote its lines. */
async function wireOf({ lesson, failed }: LastFailure): Promise<string> {
  const number = String(Number(lesson.slice(0, 2)));
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--lock=deno.lock",
      "-P",
      "course/commands/check.ts",
      number,
      "--case",
      failed,
      "--wire",
    ],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout).split("\n")
    .filter((line) => /│.*│/.test(line) && !line.includes("on stderr"))
    .join("\n");
}

function shorten({ failed, steps, wire }: Share): Share {
  return {
    failed,
    steps: steps.slice(-MOST_STEPS).map((step) => step.slice(0, MOST_TEXT)),
    wire: wire.slice(0, MOST_WIRE),
  };
}
