// this is what a program does that lets one client's crash end the service
import { runServing, Serving } from "./right_server.ts";

class Wrong extends Serving {
  override accept(listener: Deno.TcpListener): Promise<Deno.TcpConn> {
    return listener.accept();
  }

  override outlives(): boolean {
    return false;
  }
}

await runServing(new Wrong());
