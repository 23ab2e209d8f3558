// this is what a program does that counts characters instead of bytes
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { greet, runGreeter, totals } from "./greeter.ts";

await runGreeter(async (listener, say) => {
  while (true) {
    using conn = await acceptNext(listener);
    say.connected(conn);
    await greet(conn, (text) => {
      totals.messages++;
      totals.bytes += text.length;
    });
  }
});
