/**
 * Lesson 07, experiment: two different blocks with one MD5.
 *
 *   deno run lessons/07_md5_file_transfer/experiment_collision.ts
 */
import { crypto } from "@std/crypto";

/** Published by Xiaoyun Wang and Hongbo Yu; the two differ in six bytes. */
const ONE =
  "d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f8955ad340609f4b30283e488832571415a085125e8f7cdc99fd91dbdf280373c5bd8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70";
const TWO =
  "d131dd02c5e6eec4693d9a0698aff95c2fcab50712467eab4004583eb8fb7f8955ad340609f4b30283e4888325f1415a085125e8f7cdc99fd91dbd7280373c5bd8823e3156348f5bae6dacd436c919c6dd53e23487da03fd02396306d248cda0e99f33420f577ee8ce54b67080280d1ec69821bcb6a8839396f965ab6ff72a70";

for (const algorithm of ["MD5", "SHA-256"] as const) {
  console.log(algorithm);
  for (const block of [ONE, TWO]) {
    const digest = await crypto.subtle.digest(
      algorithm,
      Uint8Array.fromHex(block),
    );
    console.log(`  ${new Uint8Array(digest).toHex()}`);
  }
}
