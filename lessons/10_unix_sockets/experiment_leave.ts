/**
 * Lesson 10, experiment: a server that ends without closing its listener, as a
 * killed one does. Run it twice.
 *
 *   deno run --allow-read=left.sock --allow-write=left.sock --allow-net=unix:$PWD/left.sock lessons/10_unix_sockets/experiment_leave.ts
 */
const address = { transport: "unix", path: "left.sock" } as const;

try {
  Deno.listen(address);
  console.log("listens, and ends like one that is killed");
  Deno.exit(); // no close
} catch (error) {
  if (!(error instanceof Deno.errors.AddrInUse)) throw error;
  console.log(`listen:  ${error.name}`);
}

try {
  await Deno.connect(address);
} catch (error) {
  if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
  console.log(`connect: ${error.name}: nobody is there`);
}

Deno.removeSync(address.path); // here it is safe: nobody else wants this path
using _listener = Deno.listen(address);
console.log("removed it, and listens");
