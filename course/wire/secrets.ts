/**
 * What no recording keeps: passwords and tokens. A kept run is shown to others.
 *
 * @module
 */

/** The text under a key of JSON that says what it is, up to its end or that of the bytes. */
const SECRET = /("(?:password|token)"\s*:\s*")((?:[^"\\]|\\[^])*)/g;

/** What a key begins with. */
const QUOTE = 0x22;

/** A character a byte, whatever they are. */
const latin1 = new TextDecoder("latin1");

/**
 * The same bytes, with a `*` for each byte of a secret in them.
 *
 * @returns Those that were given, where there is none.
 */
export function withoutSecrets(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(QUOTE)) return bytes; // to look for one byte takes no time
  const text = latin1.decode(bytes);
  let hidden: Uint8Array | undefined;
  for (const { index, 1: key = "", 2: secret = "" } of text.matchAll(SECRET)) {
    hidden ??= bytes.slice();
    const start = index + key.length;
    hidden.fill(0x2a, start, start + secret.length);
  }
  return hidden ?? bytes;
}
