// this is what a program does that decodes each chunk on its own
import { answerLine, answerLines, reads, serveClients } from "./serve.ts";

await serveClients(async (conn) => {
  const rest = await answerLines(conn, decoded(conn));
  if (rest !== "") await answerLine(conn, rest);
});

async function* decoded(conn: Deno.Conn): AsyncGenerator<string> {
  for await (const bytes of reads(conn)) {
    yield new TextDecoder().decode(bytes);
  }
}
