/**
 * The bad network of the tap, and what a ladder says of it.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  putNetwork,
  readNetwork,
  writeNetwork,
} from "../../course/wire/network.ts";
import { writeRecordings } from "../../course/wire/write.ts";
import { Log, recordingsOf, rows } from "./handwritten.ts";

Deno.test("readNetwork() reads what writeNetwork() writes", () => {
  const network = { lose: 0.3, double: 0, swap: 1, delay: 20, seed: 7 };
  assertEquals(readNetwork(writeNetwork(network)), network);
  assertEquals(readNetwork("lose=0.5"), {
    ...{ lose: 0.5, double: 0, swap: 0, delay: 0, seed: 1 },
  });
});

Deno.test("readNetwork() takes no habit that is unknown or out of range", () => {
  const wrong = [
    ...["", "lose", "lose=", "lose=2", "lose=-1", "lose=0.1,", "delay=1.5"],
    ...["seed=0.5", "seed=9999999", "drop=0.1", "toString=1", "lose=1e0"],
  ];
  for (const text of wrong) assertEquals(readNetwork(text), undefined, text);
});

Deno.test("what is lost, doubled and late is told apart", () => {
  const [from, to] = ["127.0.0.1:54321", "127.0.0.1:8004"];
  const client = new Log("client").bind(from)
    .send("same", to, 0).send("same", to, 2).send("late", to, 1)
    .send("next", to, 1).send("same", to, 1);
  const server = new Log("server").bind(to)
    .receive("same", from).receive("same", from).receive("next", from)
    .receive("late", from).receive("same", from);
  // What was kept of a run says the same.
  const kept = writeRecordings(recordingsOf(client, server));
  for (const parts of [[client, server], [kept]]) {
    const told = rows(parts, { order: "cause" })
      .filter((row) => /^(send|receive)/.test(row));
    assertEquals(told, [
      "send 4 to 127.0.0.1:8004: ①same ── ✗ lost",
      "send 4 to 127.0.0.1:8004: ②same  ✗ doubled ──▶",
      "receive 4 from 127.0.0.1:54321: ②same",
      "receive 4 from 127.0.0.1:54321: ②same  ✗ a second copy",
      "send 4 to 127.0.0.1:8004: ③late ──▶",
      "send 4 to 127.0.0.1:8004: ④next ──▶",
      "receive 4 from 127.0.0.1:54321: ④next",
      "receive 4 from 127.0.0.1:54321: ③late  ✗ late: ④ came before",
      "send 4 to 127.0.0.1:8004: ⑤same ──▶",
      "receive 4 from 127.0.0.1:54321: ⑤same",
    ]);
  }
});

Deno.test("where nobody tells what was lost, nothing is taken for late", () => {
  const [from, to] = ["127.0.0.1:54321", "127.0.0.1:8004"];
  const client = new Log("client").bind(from)
    .send("a", to).send("b", to).send("a", to);
  const server = new Log("server").bind(to)
    .receive("b", from).receive("a", from);
  const told = rows([client, server]).join("\n");
  assertStringIncludes(told, "①a ── ✗ lost");
  assertStringIncludes(told, "receive 1 from 127.0.0.1:54321: ③a");
});

Deno.test("what is under way when a program closes its socket still arrives", async () => {
  const hostname = "127.0.0.1";
  const open = () =>
    Deno.listenDatagram({ hostname, port: 0, transport: "udp" });
  const [one, other] = [open(), open()];
  const network = { lose: 0, double: 1, swap: 0, delay: 20, seed: 1 };
  const send = putNetwork(one, network, 1);
  const { copies, taken } = send(new TextEncoder().encode("bye"), other.addr);
  assertEquals([copies, await taken], [2, 3]);
  one.close();
  for (let copy = 0; copy < 2; copy++) {
    const [bytes] = await other.receive();
    assertEquals(new TextDecoder().decode(bytes), "bye");
  }
  other.close();
});
