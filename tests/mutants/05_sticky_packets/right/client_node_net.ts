// node:net and events, lines kept as bytes
import { connect } from "node:net";
import process from "node:process";
import { typedLines } from "@lessons/program.ts";

const port = Number(Deno.args[Deno.args.indexOf("--port") + 1]);
const socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
let open = 0;
let isAll = false;
let rest = Buffer.alloc(0);

function fail(why: string): never {
  console.error(`error: 127.0.0.1:${port} ${why}`);
  process.exit(1);
}

function print(line: Buffer): void {
  open--;
  process.stdout.write(Buffer.concat([line, Buffer.from("\n")]));
}

socket.on("error", ({ message }) => fail(message));
socket.on("data", (chunk: Buffer) => {
  rest = Buffer.concat([rest, chunk]);
  for (let lf; (lf = rest.indexOf("\n")) !== -1;) {
    print(rest.subarray(0, rest[lf - 1] === 13 ? lf - 1 : lf));
    rest = rest.subarray(lf + 1);
  }
});
socket.on("end", () => {
  if (rest.length > 0) print(rest);
  if (open > 0 || !isAll) fail("has closed too early");
  process.exit(0);
});
for await (const line of typedLines()) {
  open++;
  if (!socket.write(`${line}\n`)) {
    await new Promise((resolve) => socket.once("drain", resolve));
  }
}
isAll = true;
socket.end();
