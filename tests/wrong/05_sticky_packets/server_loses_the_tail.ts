// this is what a program does that forgets the last line when it has no LF
import { answerLines, serveClients, texts } from "./serve.ts";

await serveClients(async (conn) => {
  await answerLines(conn, texts(conn));
});
