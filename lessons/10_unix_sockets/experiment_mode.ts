/**
 * Lesson 10, experiment: who may connect is the mode of a file, and `listen`
 * makes it.
 *
 *   deno run --allow-read=mode.sock --allow-write=mode.sock --allow-net=unix:$PWD/mode.sock --allow-sys lessons/10_unix_sockets/experiment_mode.ts
 */
const address = { transport: "unix", path: "mode.sock" } as const;

function mode(): string {
  return ((Deno.statSync(address.path).mode ?? 0) & 0o777).toString(8);
}

{
  using _listener = Deno.listen(address);
  const first = mode();
  Deno.chmodSync(address.path, 0o600);
  console.log(`listen, then chmod: ${first} at first, ${mode()} afterwards`);
}

Deno.umask(0o177); // the bits that nothing new gets
using _listener = Deno.listen(address);
console.log(`umask, then listen: ${mode()} at first`);
