/**
 * Requests as frames, and what should come back.
 *
 * @module
 */
import { join } from "../../kit/bytes.ts";
import {
  anyError,
  json,
  type WantedJson,
} from "../../kit/expectations/json.ts";
import { frame } from "../../kit/frames.ts";
import { Random } from "../../kit/random.ts";

export const KiB = 1024;

export const MiB = 1024 * KiB;

/** A request as a frame, and what should come back. */
interface Exchange {
  readonly sent: Uint8Array;
  readonly wanted: WantedJson;
}

/** A request, any value, that gets this. */
export function ok(request: unknown, result: unknown): Exchange {
  const sent = frame(JSON.stringify(request));
  return { sent, wanted: { ...json({ ok: result }), answers: sent } };
}

/** A payload that gets an error. */
export function refused(payload: string | Uint8Array): Exchange {
  const sent = frame(payload);
  return { sent, wanted: { ...anyError, answers: sent } };
}

export const upper = (text: string) =>
  ok({ op: "upper", text }, text.toUpperCase());

/** 200 requests of all kinds, the same in each run: characters of 1 to 4 bytes, errors between. */
export const script = (() => {
  const random = new Random(6);
  const words = ["hello", "grün", "你好", "😀", "x", ""];
  const bad = ["", "[", "[]", '{"op":"a"}', '{"op":"sum"}'];
  return Array.from({ length: 200 }, () => {
    const text = random.pick(words);
    const numbers = Array.from(
      { length: random.between(0, 3) },
      () => random.between(-9, 99),
    );
    const times = random.between(0, 3);
    return random.pick([
      upper(text),
      ok({ op: "sum", numbers }, numbers.reduce((a, b) => a + b, 0)),
      ok({ op: "repeat", text, times }, text.repeat(times)),
      refused(random.pick(bad)),
    ]);
  });
})();

export const bytesOf = (exchanges: readonly Exchange[]) =>
  join(exchanges.map(({ sent }) => sent));

export const wantedOf = (exchanges: readonly Exchange[]) =>
  exchanges.map(({ wanted }) => wanted);

/** The same again and again. */
export function repeated<T>(list: readonly T[], times: number): T[] {
  return Array.from({ length: times }, () => list).flat();
}
