import { Asking, type Datagram, runAsking } from "./asking.ts";

class Wrong extends Asking {
  override receive(socket: Deno.DatagramConn): Promise<Datagram> {
    return socket.receive();
  }
}

await runAsking(new Wrong());
