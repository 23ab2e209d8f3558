// this is what a program does that takes a lost connection for the last word
import { openClient } from "./school.ts";

await openClient(async ({ connect, request }) => {
  using link = await connect();
  return await link.ask(request);
});
