// this is what a program does that lets one client's crash end the service
import { runGreeter, serve, totals } from "./greeter.ts";

await runGreeter(async (listener, say) => {
  while (true) {
    using conn = await listener.accept();
    say.connected(conn);
    const name = `client #${++totals.clients}`;
    const before = totals.messages;
    await serve(conn, `you are ${name}`);
    console.log(`${name} left after ${totals.messages - before} messages`);
  }
});
