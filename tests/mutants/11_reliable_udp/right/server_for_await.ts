// for await over the socket
import { runAnyServer } from "./any_server.ts";
import { DenoSocket } from "./deno_socket.ts";

await runAnyServer(() => new DenoSocket());
