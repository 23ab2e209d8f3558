// this is what a program does that ends with its first client
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { greet, runGreeter } from "./greeter.ts";

await runGreeter(async (listener, say) => {
  using conn = await acceptNext(listener);
  say.connected(conn);
  await greet(conn);
});
