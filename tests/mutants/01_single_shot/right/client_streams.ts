// in the style of web streams: the answer is piped to a decoder, and collected before it is printed
import { runClient, UsageError } from "@lessons/program.ts";

await runClient(
  { port: 8001, words: "MESSAGE..." },
  async ({ address, words }) => {
    if (words.join("") === "") throw new UsageError("say something");
    const conn = await Deno.connect(address);
    await conn.write(new TextEncoder().encode(words.join(" ")));
    let answer = "";
    for await (
      const text of conn.readable.pipeThrough(
        new TextDecoderStream("utf-8", { ignoreBOM: true }),
      )
    ) answer += text;
    if (answer === "") throw new Error("the server closed without answering");
    console.log(answer.replace(/\n$/, ""));
  },
);
