// web streams on both ways
import { runClient, typedLines } from "@lessons/program.ts";
import { TextLineStream } from "@std/streams/text-line-stream";

await runClient({ port: 8005 }, async ({ address }) => {
  const conn = await Deno.connect(address);
  let sent = 0;
  let isAll = false;
  const typed = ReadableStream.from(typedLines()).pipeThrough(
    new TransformStream<string, string>({
      transform(line, controller) {
        sent++;
        controller.enqueue(`${line}\n`);
      },
    }),
  ).pipeThrough(new TextEncoderStream());
  const sending = typed.pipeTo(conn.writable, { preventClose: true })
    .then(() => {
      isAll = true;
      return conn.closeWrite();
    });
  sending.catch(() => {});
  const answers = conn.readable
    .pipeThrough(new TextDecoderStream("utf-8", { ignoreBOM: true }))
    .pipeThrough(new TextLineStream());
  let answered = 0;
  for await (const answer of answers) {
    answered++;
    console.log(answer);
  }
  if (!isAll || answered < sent) {
    throw new Error(`${address.hostname}:${address.port} left too early`);
  }
});
