// this is what a program does that leaves an error of the outside world uncaught
import { parseArgs } from "@std/cli/parse-args";

const { port } = parseArgs(Deno.args, { string: ["port"] });
if (!/^\d+$/.test(port ?? "")) {
  console.error("error: --port needs a number");
  Deno.exit(2);
}

using listener = Deno.listen({ hostname: "127.0.0.1", port: Number(port) });
console.log(`listening on 127.0.0.1:${listener.addr.port}`);

using conn = await listener.accept();
const { hostname, port: from } = conn.remoteAddr;
console.log(`connected ${hostname}:${from}`);

const buffer = new Uint8Array(1024);
const count = await conn.read(buffer);
if (count === null) {
  console.log("client left without a word");
} else {
  const text = new TextDecoder().decode(buffer.subarray(0, count));
  const answer =
    `${count} bytes from ${hostname}:${from}: ${text.toUpperCase()}\n`;
  await conn.write(new TextEncoder().encode(answer));
}
