/**
 * What no recording keeps: passwords and tokens. A kept run is shown to others.
 *
 * @module
 */

/** The text under a key of JSON that says what it is, up to its end or that of the bytes. */
const SECRET = /("(?:password|token)"\s*:\s*")((?:[^"\\]|\\[^])*)/g;

/**
 * The same bytes, with a `*` for each byte of a secret in them.
 *
 * @returns Those that were given, where there is none.
 */
export function withoutSecrets(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder("latin1").decode(bytes); // a character a byte, whatever they are
  let hidden: Uint8Array | undefined;
  for (const { index, 1: key = "", 2: secret = "" } of text.matchAll(SECRET)) {
    hidden ??= bytes.slice();
    const start = index + key.length;
    hidden.fill(0x2a, start, start + secret.length);
  }
  return hidden ?? bytes;
}
