// web streams on both ways
import { TextLineStream } from "@std/streams/text-line-stream";
import { runClient, typedLines, UsageError } from "@lessons/program.ts";

await runClient({ port: 8008, words: "NAME" }, async ({ address, words }) => {
  if (words.length !== 1) throw new UsageError("give a name");
  const conn = await Deno.connect(address);
  let isOurs = false;
  const typed = async function* () {
    yield `${words[0]}\n`;
    for await (const line of typedLines()) yield `${line}\n`;
    isOurs = true;
  };
  ReadableStream.from(typed()).pipeThrough(new TextEncoderStream())
    .pipeTo(conn.writable, { preventClose: true })
    .then(() => conn.closeWrite()).catch(() => {});
  const lines = conn.readable.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream());
  try {
    for await (const line of lines) {
      if (/^error: /.test(line)) throw new Error(line.replace("error: ", ""));
      console.log(line);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
  }
  if (!isOurs) console.error("the room has closed");
});
