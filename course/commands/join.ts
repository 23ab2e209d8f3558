/**
 * `deno task join`: joins a class board.
 *
 * @module
 */
import { postToBoard } from "../class/ask.ts";
import {
  countWaiting,
  forgetMembership,
  readMembership,
  sendInBackground,
  writeMembership,
} from "../class/member.ts";
import { BadRequest, readNickname } from "../class/report.ts";
import { plain } from "../../kit/plain.ts";
import { runCommand } from "../user/command_line.ts";
import { UserError } from "../user/error.ts";

const COMMAND = {
  usage: "deno task join [ADDRESS CODE NICKNAME [--secret SECRET] | --leave]",
  about:
    "Joins your instructor's class board: from then on it is told how your checks come out. Without words it says which board that is.",
  words: [
    { name: "ADDRESS", about: "where the board is, as your instructor says" },
    { name: "CODE", about: "its code" },
    { name: "NICKNAME", about: "what you want to be called there" },
  ],
  flags: {
    secret: {
      about: "the secret that you got on another machine, to go on as the same",
      value: { name: "SECRET", what: "a secret" },
    },
    leave: { about: "leaves the board: it is told nothing more" },
  },
  exclusive: [["secret", "leave"]],
  examples: [
    "deno task join http://10.0.0.5:8000 K7QM2XPT ann",
    "deno task join --leave",
  ],
} as const;

await runCommand(COMMAND, async ({ words, flags }) => {
  const [address, code, name] = words;
  if (flags.leave) {
    await forgetMembership();
    console.log("you have left the board; it is told nothing more");
    return 0;
  }
  if (address === undefined) return await showMembership();
  if (code === undefined || name === undefined) {
    throw new UserError(`a word is missing; usage: ${COMMAND.usage}`);
  }
  const origin = readAddress(address);
  const nickname = readName(name);
  const old = await readMembership();
  const isSame = old?.origin === origin && old.nickname === nickname;
  const secret = flags.secret ?? (isSame ? old.secret : makeSecret());
  const { status, text } = await ask(origin, { code, nickname, secret });
  if (status !== 200) {
    throw new UserError(`the board says: ${plain(text).slice(0, 200)}`, 1);
  }
  const attempts = isSame ? old.attempts : {};
  await writeMembership({ origin, nickname, secret, attempts });
  console.log(`you are ${nickname} on the board at ${origin}

From now on it hears of each check: the lesson, how many cases passed, the case
that failed, the misunderstanding that showed, which check it was, and when.
Never a byte of your answer. You leave with: deno task join --leave
To raise your hand: deno task ask

On another machine you go on as the same with:
  deno task join ${origin} ${code} ${nickname} --secret ${secret}`);
  sendInBackground({ origin, nickname, secret, attempts });
  return 0;
});

async function showMembership(): Promise<number> {
  const membership = await readMembership();
  if (!membership) {
    console.log("no board is joined; your instructor tells you how");
    return 0;
  }
  const { origin, nickname } = membership;
  const count = countWaiting();
  console.log(`you are ${plain(nickname)} on the board at ${plain(origin)}`);
  if (count > 0) console.log(`${count} reports wait to be sent`);
  return 0;
}

function readAddress(text: string): string {
  const url = URL.parse(text.includes("://") ? text : `http://${text}`);
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== "/") {
    throw new UserError(
      `"${text}" is no board's address: it looks like http://10.0.0.5:8000`,
    );
  }
  return url.origin;
}

function readName(text: string): string {
  try {
    return readNickname(text);
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    throw new UserError(error.message);
  }
}

function makeSecret(): string {
  return crypto.getRandomValues(new Uint8Array(12)).toHex();
}

async function ask(origin: string, body: unknown) {
  try {
    return await postToBoard(origin, "/join", body);
  } catch {
    throw new UserError(
      `the board at ${origin} does not answer: is it there, and are you in the same network?`,
      1,
    );
  }
}
