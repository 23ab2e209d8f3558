/**
 * Digests 256 MiB of stream and prints by how much that made this process
 * grow, in bytes. It is a program of its own because `deno test --parallel`
 * runs several files in one process.
 *
 * @module
 */
import { crypto } from "@std/crypto";

const chunk = new Uint8Array(1024 * 1024);
const before = Deno.memoryUsage().rss;
let highest = before;

async function* chunks(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let i = 0; i < 256; i++) {
    highest = Math.max(highest, Deno.memoryUsage().rss);
    yield await Promise.resolve(chunk);
  }
}

await crypto.subtle.digest("MD5", chunks());
console.log(highest - before);
