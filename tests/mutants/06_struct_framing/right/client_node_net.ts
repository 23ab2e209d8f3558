// node:net and events, everything at top level
import { connect } from "node:net";
import process from "node:process";
import { typedLines } from "@lessons/program.ts";

const port = Number(Deno.args[Deno.args.indexOf("--port") + 1]);
const words = Deno.args.slice(Deno.args.indexOf("--port") + 2)
  .filter((word) => word !== "--");

function fail(why: string, code = 1): never {
  console.error(`error: ${why}`);
  process.exit(code);
}

function requestOf([op, ...values]: string[]): string {
  const isNumber = (word: string) => /^-?\d+(\.\d+)?$/.test(word);
  const [text, times] = values;
  if (op === "upper" && values.length === 1) {
    return JSON.stringify({ op, text });
  }
  if (op === "sum" && values.every(isNumber)) {
    return JSON.stringify({ op, numbers: values.map(Number) });
  }
  if (op === "repeat" && values.length === 2 && isNumber(times ?? "")) {
    return JSON.stringify({ op, text, times: Number(times) });
  }
  fail(`what is ${op}?`, 2);
}

const requests = words.length === 1 && words[0] === "-"
  ? typedLines()
  : [requestOf(words)];
const server = `127.0.0.1:${port}`;
const socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
let open = 0;
let errors = 0;
let isAll = false;
let rest = Buffer.alloc(0);

socket.on("error", ({ message }) => fail(`${server}: ${message}`));
socket.on("data", (chunk: Buffer) => {
  rest = Buffer.concat([rest, chunk]);
  while (rest.length >= 4) {
    const length = rest.readInt32LE();
    if (length < 0 || length > 1048576) fail(`${server} is mad`);
    if (rest.length < 4 + length) break;
    print(rest.subarray(4, 4 + length));
    rest = rest.subarray(4 + length);
  }
});
socket.on("end", () => {
  if (open > 0 || !isAll || rest.length > 0) fail(`${server} left too early`);
  if (errors > 0) fail(`${errors} errors`);
  process.exit(0);
});

function print(payload: Buffer): void {
  let reply: unknown;
  try {
    reply = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(payload),
    );
  } catch {
    fail(`${server} spoke nonsense`);
  }
  if (typeof reply !== "object" || reply === null || Array.isArray(reply)) {
    fail(`${server} sent no object`);
  }
  open--;
  if ("error" in reply) errors++;
  console.log(JSON.stringify(reply));
}

for await (const request of requests) {
  open++;
  const payload = Buffer.from(request);
  const prefix = Buffer.alloc(4);
  prefix.writeInt32LE(payload.length);
  socket.write(prefix);
  if (!socket.write(payload)) {
    await new Promise((resolve) => socket.once("drain", resolve));
  }
}
isAll = true;
socket.end();
