import { assertEquals } from "@std/assert";
import { pairIn, solutionFolder } from "@lessons/places.ts";
import { type Case, runCase } from "./case.ts";
import { clientCase, serverCase, udpServerCase } from "./cases.ts";
import { startReaper } from "./reaper.ts";

startReaper();

/** What a case says of a fixture; `undefined` where it passes. */
async function verdictOf(
  side: "server" | "client",
  aCase: Case,
): Promise<string | undefined> {
  const lesson = "01_single_shot";
  const fixture = new URL(
    `./fixtures/${side}_does_more.ts`,
    import.meta.url,
  );
  const { failure } = await runCase(
    { lesson, cases: [aCase], own: [], python: [] },
    aCase,
    { ...pairIn(solutionFolder(lesson)), [side]: fixture },
  );
  return failure?.message;
}

/** A server answers once; whatever else it does, no step looks at it. */
function ofServer(does: string): Case {
  const options = { server: { args: [does] } };
  return serverCase("answers", options, async ({ client }) => {
    await client.asks("hello", "HELLO");
  });
}

/** A client sends, and prints the answer. */
function ofClient(does: string): Case {
  const options = { args: [does] };
  return clientCase("asks", options, async ({ client, conn }) => {
    await conn.gets("hello");
    await conn.sends("HELLO");
    await client.prints("HELLO");
    await client.exits(0);
  });
}

Deno.test("a case finds what a server sent and nobody asked for", async () => {
  assertEquals(await verdictOf("server", ofServer("nothing")), undefined);
  assertEquals(
    await verdictOf("server", ofServer("sends")),
    'your server sent "H" (1 byte) at the end of the case; it was expected to send nothing more',
  );
  assertEquals(await verdictOf("server", ofServer("prints")), undefined); // its own affair
});

Deno.test("a case finds a second answer on UDP", async () => {
  const options = { server: { args: ["answers twice"] } };
  const aCase = udpServerCase("answers", options, async ({ client }) => {
    await client.asks("hello", "HELLO");
  });
  assertEquals(
    await verdictOf("server", aCase),
    'your server sent "HELLO" (5 bytes) when it was expected to send nothing more',
  );
});

Deno.test("a case finds what a client printed besides, and a second connection", async () => {
  assertEquals(await verdictOf("client", ofClient("nothing")), undefined);
  assertEquals(
    await verdictOf("client", ofClient("prints")),
    'your client printed "one more\\n" (9 bytes) besides; it was expected to print nothing more',
  );
  assertEquals(
    await verdictOf("client", ofClient("begins a line")),
    'your client printed "> " (2 bytes) besides; it was expected to print nothing more',
  );
  assertEquals(
    await verdictOf("client", ofClient("connects")),
    "your client connected once more; it was expected to make one connection",
  );
});
