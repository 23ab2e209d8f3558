/**
 * Lesson 10, experiment: a socket stands among the files, but it is none.
 *
 *   deno run --allow-read=open.sock --allow-write=open.sock --allow-net=unix:$PWD/open.sock lessons/10_unix_sockets/experiment_open.ts
 */
const path = "open.sock";
using _listener = Deno.listen({ transport: "unix", path });

const { isSocket, isFile, size } = Deno.lstatSync(path);
console.log(`isSocket ${isSocket}, isFile ${isFile}, size ${size}`);

try {
  Deno.readTextFileSync(path); // what cat does
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.log(error.message.replace(/ \(.*/, ""));
}
