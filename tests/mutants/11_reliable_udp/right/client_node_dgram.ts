// node:dgram
import { runAnyClient } from "./any_client.ts";
import { NodeSocket } from "./node_socket.ts";

await runAnyClient(() => new NodeSocket());
