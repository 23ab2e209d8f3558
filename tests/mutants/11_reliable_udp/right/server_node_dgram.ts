// node:dgram
import { runAnyServer } from "./any_server.ts";
import { NodeSocket } from "./node_socket.ts";

await runAnyServer(() => new NodeSocket());
