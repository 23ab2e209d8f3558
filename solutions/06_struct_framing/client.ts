/**
 * Lesson 06, solution, client: send requests as frames of JSON, print each reply as it comes.
 *
 *   deno run --allow-net=127.0.0.1 solutions/06_struct_framing/client.ts upper hello
 */
import {
  formatAddress,
  runClient,
  typedLines,
  UsageError,
} from "@lessons/program.ts";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";

/** What has been sent so far. */
const sent = { requests: 0, isAll: false };

await runClient(
  { port: 8006, words: "upper TEXT | sum NUMBER... | repeat TEXT TIMES | -" },
  async ({ address, words }) => {
    const requests = readRequests(words);
    using conn = await Deno.connect(address);

    // Side by side: a server that waits for us to take its replies takes no more requests.
    const sending = sendAll(conn, requests);
    sending.catch(() => {}); // it fails when the server is gone, and then the replies end too
    const { replies, errors } = await printReplies(conn);

    if (!sent.isAll || replies < sent.requests) {
      throw new Error(`${formatAddress(address)} closed the connection`);
    }
    if (errors > 0) {
      throw new Error(
        `the server answered ${errors} of ${replies} requests with an error`,
      );
    }
  },
);

/** The requests that the command line stands for, each as JSON. */
function readRequests(
  words: readonly string[],
): Iterable<string> | AsyncIterable<string> {
  const [op, ...values] = words;
  const [first, second, third] = values;
  if (op === "-" && first === undefined) return typedLines();
  if (op === "sum") {
    return [JSON.stringify({ op, numbers: values.map(readNumber) })];
  }
  if (op === "upper" && first !== undefined && second === undefined) {
    return [JSON.stringify({ op, text: first })];
  }
  if (
    op === "repeat" && first !== undefined && second !== undefined &&
    third === undefined
  ) {
    return [JSON.stringify({ op, text: first, times: readNumber(second) })];
  }
  throw new UsageError(`cannot ask for "${words.join(" ")}"`);
}

function readNumber(word: string): number {
  const number = Number(word);
  if (word.trim() !== "" && Number.isFinite(number)) return number;
  throw new UsageError(`"${word}" is not a number`);
}

/** Sends each request and ends our direction after the last. */
async function sendAll(
  conn: Deno.Conn,
  requests: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  for await (const request of requests) {
    sent.requests++;
    await writeFrame(conn, new TextEncoder().encode(request));
  }
  sent.isAll = true;
  await conn.closeWrite(); // the server sees the end, and its last replies still reach us
}

/** Prints each reply until the server closes. @returns How many there were, and how many of them say error. */
async function printReplies(
  conn: Deno.Conn,
): Promise<{ replies: number; errors: number }> {
  const frames = new FrameReader(conn);
  let errors = 0;
  for (let replies = 0;; replies++) {
    const payload = await frames.readFrame();
    if (payload === null) return { replies, errors };

    const reply = readReply(payload);
    if (reply === undefined) {
      const server = formatAddress(conn.remoteAddr);
      throw new Error(`${server} sent a reply that is not a JSON object`);
    }
    console.log(JSON.stringify(reply)); // one line, however the server spelled it
    if ("error" in reply) errors++;
  }
}

/** The object that a payload spells; `undefined` where it spells none. */
function readReply(payload: Uint8Array): object | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(payload);
    const reply: unknown = JSON.parse(text);
    const isObject = typeof reply === "object" && reply !== null &&
      !Array.isArray(reply);
    return isObject ? reply : undefined;
  } catch {
    return undefined; // no UTF-8, or not JSON: no better than JSON that is no object
  }
}
