import { assertEquals, assertRejects } from "@std/assert";
import { datagrams } from "./datagrams.ts";

const FROM: Deno.Addr = { transport: "udp", hostname: "127.0.0.1", port: 1 };

/** A socket that gives these, one a `receive`: a number as a datagram of so many bytes, an error as itself. */
function fakeSocket(
  ...givings: (number | Error)[]
): Pick<Deno.DatagramConn, "receive"> {
  return {
    receive() {
      const giving = givings.shift() ?? new Deno.errors.BadResource("closed");
      return giving instanceof Error
        ? Promise.reject(giving)
        : Promise.resolve([new Uint8Array(giving), FROM]);
    },
  };
}

async function lengths(
  socket: Pick<Deno.DatagramConn, "receive">,
): Promise<number[]> {
  const found: number[] = [];
  for await (const [bytes] of datagrams(socket)) found.push(bytes.length);
  return found;
}

Deno.test("datagrams() gives each one until the socket is closed", async () => {
  assertEquals(await lengths(fakeSocket(3, 0, 5)), [3, 0, 5]);
  const closing = new Deno.errors.Interrupted("closed while waiting");
  assertEquals(await lengths(fakeSocket(3, closing)), [3]);
});

Deno.test("datagrams() goes on when an earlier datagram found nobody", async () => {
  const reset = new Deno.errors.ConnectionReset("nobody there");
  assertEquals(await lengths(fakeSocket(1, reset, reset, 2)), [1, 2]);
});

Deno.test("datagrams() throws what it cannot explain", async () => {
  await assertRejects(() => lengths(fakeSocket(new TypeError("odd"))));
});
