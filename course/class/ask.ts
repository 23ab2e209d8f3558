/**
 * A request to a board, from a learner's tool.
 *
 * @module
 */
import type { Membership } from "./member.ts";

/** How long a board may take to answer, in milliseconds. */
const ANSWER_MS = 3000;

/** The most that is read of an answer, in bytes. */
const MOST_ANSWER = 4096;

/** What a board answered. */
export interface Answered {
  /** HTTP's number. */
  readonly status: number;
  /** What it said, in one line that may hold anything. */
  readonly text: string;
}

/**
 * Posts JSON to a board.
 *
 * @param as Who asks; nobody, where somebody wants to join.
 * @throws {Error} Where it does not answer in time, or leads elsewhere.
 */
export async function postToBoard(
  origin: string,
  path: string,
  body: unknown,
  as?: Pick<Membership, "nickname" | "secret">,
): Promise<Answered> {
  const response = await fetch(new URL(path, origin), {
    method: "POST",
    redirect: "error",
    signal: AbortSignal.timeout(ANSWER_MS),
    headers: {
      "content-type": "application/json",
      ...(as
        ? {
          authorization: `Bearer ${as.secret}`,
          "x-nickname": encodeURIComponent(as.nickname),
        }
        : {}),
    },
    body: JSON.stringify(body),
  });
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MOST_ANSWER) break;
  }
  const [line = ""] = text.slice(0, MOST_ANSWER).split("\n");
  return { status: response.status, text: line };
}
