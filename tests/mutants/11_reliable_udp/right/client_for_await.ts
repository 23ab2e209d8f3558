// for await over the socket
import { runAnyClient } from "./any_client.ts";
import { DenoSocket } from "./deno_socket.ts";

await runAnyClient(() => new DenoSocket());
