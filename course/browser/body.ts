/**
 * The bodies of requests: small, soon there, and JSON.
 *
 * @module
 */

/** How long a body may take to come, in milliseconds. */
const BODY_MS = 5000;

/** A body is not what is taken. The message can be sent to whoever sent it. */
export class BadBody extends Error {
  /** `BadBody`. */
  override name = "BadBody";

  /** What is wrong, in one line. @param status HTTP's number for it. */
  constructor(message: string, readonly status: number) {
    super(message);
  }
}

/**
 * The JSON of a request's body.
 *
 * @param most How many bytes it may have.
 * @throws {BadBody} Where it is too long, too slow, or something else.
 */
export async function readBody(
  request: Request,
  most: number,
): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  const timer = setTimeout(() => reader?.cancel(), BODY_MS);
  try {
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > most) {
        await reader.cancel();
        throw new BadBody(`at most ${most} bytes`, 413);
      }
      chunks.push(value);
    }
    const bytes = new Uint8Array(size);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof BadBody) throw error;
    throw new BadBody("the body is no JSON in UTF-8", 400); // or it never came as a whole
  } finally {
    clearTimeout(timer);
  }
}

/** The fields of an object of JSON; none of anything else. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" ? { ...value } : {};
}
