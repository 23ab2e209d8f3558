/**
 * Lesson 06, experiment: a length that comes in two parts, taken with one read and taken whole.
 *
 *   deno run --allow-net=127.0.0.1 lessons/06_struct_framing/experiment_one_read.ts
 */
import { FrameReader } from "./frame.ts";
import { pack, unpack } from "./struct.ts";

using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const address = { hostname: "127.0.0.1", port: listener.addr.port };

/** A length of 70000 of which only the first two bytes have come. */
async function twoBytes(): Promise<[client: Deno.Conn, server: Deno.Conn]> {
  const client = await Deno.connect(address);
  const server = await listener.accept();
  await client.write(pack("<i", 70000).subarray(0, 2));
  return [client, server];
}

{
  const [client, server] = await twoBytes();
  const prefix = new Uint8Array(4);
  const count = await server.read(prefix);
  const [length] = unpack("<i", prefix);
  console.log(`one read gave ${count} of 4 bytes: a length of ${length}`);
  client.close();
  server.close();
}
{
  const [client, server] = await twoBytes();
  const reading = new FrameReader(server).readExactly(4);
  await client.write(pack("<i", 70000).subarray(2));
  const prefix = await reading;
  if (prefix === null) throw new Error("the client closed the connection");
  const [length] = unpack("<i", prefix);
  console.log(`readExactly gave 4 of 4 bytes: a length of ${length}`);
  client.close();
  server.close();
}
