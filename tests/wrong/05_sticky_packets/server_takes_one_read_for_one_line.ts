// this is what a program does that takes one read for one line
import { answerLine, reads, serveClients } from "./serve.ts";

await serveClients(async (conn) => {
  for await (const bytes of reads(conn)) {
    await answerLine(conn, new TextDecoder().decode(bytes).trimEnd());
  }
});
