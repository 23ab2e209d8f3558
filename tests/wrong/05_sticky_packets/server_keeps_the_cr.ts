// this is what a program does that takes the CR of a line's end for a part of the line
import { answerLine, answerLines, serveClients, texts } from "./serve.ts";

await serveClients(async (conn) => {
  const rest = await answerLines(conn, texts(conn), /\n/);
  if (rest !== "") await answerLine(conn, rest);
});
