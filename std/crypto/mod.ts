/**
 * Stand-in for `@std/crypto`: `crypto.subtle.digest` for the digests that the
 * course uses, over `node:crypto`, because the npm build of the original does
 * not load.
 *
 * @module
 */
import type { Hash } from "node:crypto";

/** The digests that this stand-in knows; the original knows more. */
export type DigestAlgorithmName = "MD5" | "SHA-1" | "SHA-256" | "SHA-512";

/** A digest by its name alone or in an object. */
export type DigestAlgorithm =
  | DigestAlgorithmName
  | { readonly name: DigestAlgorithmName };

/** The part of `SubtleCrypto` that this stand-in gives. */
export interface StdSubtleCrypto {
  /**
   * Digests data a chunk at a time, as it comes, so that memory stays flat.
   *
   * @param algorithm Which digest, in capitals or not.
   * @param data One buffer, or an iterable, an async iterable or a `ReadableStream` of buffers.
   * @returns The digest: 16 bytes for MD5, 20 for SHA-1, 32 for SHA-256, 64 for SHA-512.
   * @throws {TypeError} Where the data, or a chunk of it, is not bytes.
   * @throws {DOMException} `NotSupportedError` for a digest that it does not know.
   */
  digest(
    algorithm: DigestAlgorithm,
    data: BufferSource | AsyncIterable<BufferSource> | Iterable<BufferSource>,
  ): Promise<ArrayBuffer>;
}

const nodeNames = new Map([
  ["MD5", "md5"],
  ["SHA-1", "sha1"],
  ["SHA-256", "sha256"],
  ["SHA-512", "sha512"],
]);

function update(hash: Hash, chunk: unknown): void {
  if (ArrayBuffer.isView(chunk)) {
    const { buffer, byteOffset, byteLength } = chunk;
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  } else if (chunk instanceof ArrayBuffer) {
    hash.update(new Uint8Array(chunk));
  } else {
    throw new TypeError(
      "Cannot digest the data: a chunk is neither an ArrayBuffer nor a view of one",
    );
  }
}

/** `crypto` as `@std/crypto` exports it, as far as the course uses it. */
export const crypto: { readonly subtle: StdSubtleCrypto } = {
  subtle: {
    async digest(algorithm, data) {
      const name = typeof algorithm === "string" ? algorithm : algorithm.name;
      const nodeName = nodeNames.get(name.toUpperCase());
      if (nodeName === undefined) {
        throw new DOMException(
          `Cannot digest with ${name}: known are ${[...nodeNames.keys()]}`,
          "NotSupportedError",
        );
      }
      // Loaded only here: it takes 30 ms, and many a program never digests.
      const { createHash } = await import("node:crypto");
      const hash = createHash(nodeName);
      if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer) {
        update(hash, data);
      } else {
        for await (const chunk of data) update(hash, chunk);
      }
      return new Uint8Array(hash.digest()).buffer;
    },
  },
};
