// this is what a program does that forgets to clear its timer
import { parseArgs } from "@std/cli/parse-args";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";

const { port = "8009", timeout = "1000" } = parseArgs(Deno.args, {
  string: ["port", "timeout"],
});

using conn = await Deno.connect({
  hostname: "127.0.0.1",
  port: Number(port),
});
const answers = readLines(conn);
let number = 0;
for await (
  const line of readLines({ read: (buffer) => Deno.stdin.read(buffer) })
) {
  await writeLine(conn, `${++number} ${line}`);
  const isLate = new Promise<undefined>((resolve) =>
    setTimeout(() => resolve(undefined), Number(timeout)) // it rings, whether anybody listens or not
  );
  const answer = await Promise.race([answers.next(), isLate]);
  if (answer?.value) console.log(answer.value.slice(`${number} `.length));
}
