import { assert, assertEquals } from "@std/assert";
import { RoundTrip } from "./round_trip.ts";

Deno.test("RoundTrip begins with what it is told, within its bounds", () => {
  assertEquals(new RoundTrip(1000).timeout, 1000);
  assertEquals(new RoundTrip(1).timeout, 50);
  assertEquals(new RoundTrip(60_000).timeout, 5000);
});

Deno.test("RoundTrip follows what is measured, and stays above it", () => {
  const trip = new RoundTrip(1000);
  trip.measure(100);
  assertEquals(trip.timeout, 100 + 4 * 50);
  for (let i = 0; i < 100; i++) trip.measure(100);
  assert(Math.abs(trip.timeout - 150) < 1, String(trip.timeout));
  trip.measure(400);
  assert(trip.timeout > 400, String(trip.timeout));
});

Deno.test("RoundTrip doubles at each loss, up to 5 s", () => {
  const trip = new RoundTrip(1000);
  const all = [1, 2, 3, 4].map(() => {
    trip.backOff();
    return trip.timeout;
  });
  assertEquals(all, [2000, 4000, 5000, 5000]);
});

Deno.test("RoundTrip waits as at first, or longer, for what is no round trip", () => {
  const trip = new RoundTrip(1000);
  trip.measure(10);
  assertEquals(trip.timeout, 60);
  trip.startAgain();
  assertEquals(trip.timeout, 1000);
  trip.backOff();
  trip.startAgain();
  assertEquals(trip.timeout, 2000);
});
