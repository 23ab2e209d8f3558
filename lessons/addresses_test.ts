import { assertEquals } from "@std/assert";
import { formatAddress } from "./addresses.ts";

Deno.test("formatAddress() writes addresses as people read them", () => {
  assertEquals(
    formatAddress({ hostname: "127.0.0.1", port: 8001 }),
    "127.0.0.1:8001",
  );
  assertEquals(formatAddress({ hostname: "::1", port: 8001 }), "[::1]:8001");
  assertEquals(formatAddress({ transport: "unix", path: "/tmp/a" }), "/tmp/a");
});
