// this is what a program does that never stops trying to connect
import {
  FIRST_PAUSE_MS,
  longer,
  receive,
  runTalker,
  sayWaiting,
  sendLines,
} from "./talker.ts";

await runTalker(async (address, patience) => {
  let pause = FIRST_PAUSE_MS;
  while (true) {
    try {
      return await Deno.connect(address);
    } catch (error) {
      if (patience === 0) throw error;
      if (pause === FIRST_PAUSE_MS) sayWaiting(address);
      await new Promise((resolve) => setTimeout(resolve, pause));
      pause = longer(pause);
    }
  }
}, async (conn) => {
  console.log(await receive(conn));
  await sendLines(conn);
});
