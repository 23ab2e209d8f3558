import { assertEquals, assertStringIncludes } from "@std/assert";
import { explain, explainPath } from "./errors.ts";

const WHERE = "127.0.0.1:8001";

Deno.test("explain() names the address and the cause of real errors", {
  permissions: { net: ["127.0.0.1"] },
}, async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const taken = await thrownBy(() =>
    Deno.listen({ hostname: "127.0.0.1", port })
  );
  assertEquals(
    explain(taken, WHERE),
    "127.0.0.1:8001 is taken: another program listens there (address in use)",
  );
  const denied = await thrownBy(() =>
    Deno.connect({ hostname: "10.0.0.1", port: 1 })
  );
  assertEquals(
    explain(denied, WHERE),
    "Deno was not allowed to use 10.0.0.1:1: run it again with --allow-net=10.0.0.1",
  );
});

Deno.test("explain() has one line for each error that the outside can cause", () => {
  const { errors } = Deno;
  const cases: [Error, string][] = [
    [
      new errors.ConnectionRefused("x"),
      "nothing is listening on 127.0.0.1:8001",
    ],
    [new errors.AddrNotAvailable("x"), "is not an address of this machine"],
    [new errors.ConnectionReset("x"), "(connection reset)"],
    [new errors.BrokenPipe("x"), "(broken pipe)"],
    [new errors.NotConnected("x"), "gone before it was accepted"],
    [new errors.PermissionDenied("x"), "permission denied"],
    [new Error("failed to lookup address information: x"), "no such host"],
    [new Error("two\nlines"), "two lines"],
    [
      Object.assign(new Error("too long"), { code: "EMSGSIZE" }),
      "too many bytes for one datagram to 127.0.0.1:8001",
    ],
    [Object.assign(new Error("full"), { code: "ENOSPC" }), "full"],
  ];
  for (const [error, part] of cases) {
    const line = explain(error, WHERE) ?? "";
    assertStringIncludes(line, part);
    assertEquals(line.split("\n").length, 1);
  }
});

class MarkedError extends Error {
  readonly isFromOutside = true;
}

Deno.test("explain() puts the address before an error that says it is from outside", () => {
  assertEquals(
    explain(new MarkedError("half\na message"), WHERE),
    "127.0.0.1:8001: half a message",
  );
});

class UnmarkedError extends Error {}

Deno.test("explain() leaves errors of the program itself alone", () => {
  assertEquals(explain(new TypeError("x is not a function"), WHERE), undefined);
  assertEquals(explain(new RangeError("x"), WHERE), undefined);
  assertEquals(explain(new UnmarkedError("x"), WHERE), undefined);
  const denied = Object.assign(new TypeError("x"), { isFromOutside: false });
  assertEquals(explain(denied, WHERE), undefined);
  assertEquals(explain("a string", WHERE), undefined);
});

Deno.test("explainPath() names the path and the cause of real errors", {
  ignore: Deno.build.os === "windows",
}, async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/a.sock`;
  const listen = (path: string) => () =>
    Deno.listen({ transport: "unix", path });
  const connect = (path: string) => () =>
    Deno.connect({ transport: "unix", path });
  try {
    Deno.writeTextFileSync(path, "");
    const long = `${folder}/${"x".repeat(200)}`;
    const cases: [string, () => unknown, string][] = [
      [path, listen(path), "(address in use)"],
      [path, connect(path), "(connection refused)"],
      [`${path}.none`, connect(`${path}.none`), "(not found)"],
      [long, listen(long), "is too long for a Unix socket"],
      [`${path}/b`, connect(`${path}/b`), "(os error "],
    ];
    for (const [about, act, part] of cases) {
      const line = explainPath(await thrownBy(act), about) ?? "";
      assertStringIncludes(line, about);
      assertStringIncludes(line, part);
      assertEquals(line.split("\n").length, 1);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  const { PermissionDenied } = Deno.errors;
  assertEquals(
    explainPath(new PermissionDenied("x"), path),
    `the system does not let this program use ${path} (permission denied)`,
  );
  assertEquals(
    explainPath(new TypeError("x is not a function"), path),
    undefined,
  );
});

async function thrownBy(act: () => unknown): Promise<unknown> {
  try {
    await act();
  } catch (error) {
    return error;
  }
  throw new Error("it did not throw");
}
