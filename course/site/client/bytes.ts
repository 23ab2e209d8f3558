/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * Two runs of bytes side by side: what should have come, and what came. A byte
 * that is pointed at lights up with the one in its place on the other side.
 *
 * @module
 */
import type { ByteDifference } from "../failure.ts";
import { button, make } from "./dom.ts";

/** How many bytes stand in a line. */
const IN_LINE = 8;

/** How many lines are shown at first before the first byte that differs, and behind it. */
const BEFORE = 2;
const BEHIND = 6;

/** Shows a difference. */
export function showBytes(
  { expected, received, at }: ByteDifference,
): HTMLElement {
  const sides = [
    { name: "expected", bytes: fromBase64(expected) },
    { name: "received", bytes: fromBase64(received) },
  ] as const;
  const first = Math.max(0, Math.floor(at / IN_LINE) - BEFORE);
  const longest = Math.max(...sides.map(({ bytes }) => bytes.length));
  const lines = Math.ceil(longest / IN_LINE);
  const last = Math.min(lines, Math.floor(at / IN_LINE) + BEHIND);
  const box = make("div", "bytes");
  const fill = (from: number, to: number) => {
    const tables = sides.map(({ name, bytes }) =>
      make(
        "div",
        "",
        make("h3", "", `${name}, ${count(bytes.length)}`),
        paint(bytes, at, from, to),
      )
    );
    box.replaceChildren(
      make(
        "p",
        "",
        `They part at byte ${at}, counted from 0. What differs there is underlined.`,
      ),
      make("div", "sides", ...tables),
    );
    if (from > 0 || to < lines) {
      box.append(button("Show all bytes", () => fill(0, lines), "quiet"));
    }
  };
  fill(first, last);
  box.addEventListener("pointerover", ({ target }) => {
    const place = target instanceof HTMLElement ? target.dataset.at : undefined;
    for (const lit of box.querySelectorAll(".lit")) lit.classList.remove("lit");
    if (place === undefined) return;
    for (const byte of box.querySelectorAll(`[data-at="${place}"]`)) {
      byte.classList.add("lit");
    }
  });
  return box;
}

/** Lines of hex, each with its text beside it. */
function paint(
  bytes: Uint8Array,
  at: number,
  from: number,
  to: number,
): HTMLElement {
  const pre = make("pre", "");
  pre.tabIndex = 0;
  const end = Math.min(to, Math.floor(bytes.length / IN_LINE) + 1);
  for (let line = from; line < end; line++) {
    const start = line * IN_LINE;
    pre.append(make("span", "offset", String(start).padStart(5)), "  ");
    for (let i = start; i < start + IN_LINE; i++) {
      const byte = bytes[i];
      const text = byte === undefined
        ? i === bytes.length ? "··" : "  "
        : byte.toString(16).padStart(2, "0");
      pre.append(one(text, i, at), " ");
    }
    pre.append(" ");
    for (let i = start; i < Math.min(bytes.length, start + IN_LINE); i++) {
      const byte = bytes[i] ?? 0;
      const shown = byte > 0x1f && byte < 0x7f
        ? String.fromCharCode(byte)
        : "·";
      pre.append(one(shown, i, at));
    }
    pre.append("\n");
  }
  return pre;
}

function one(text: string, place: number, at: number): HTMLElement {
  const shown = make("span", place === at ? "differs" : "", text);
  shown.dataset.at = String(place);
  return shown;
}

function count(bytes: number): string {
  return bytes === 1 ? "1 byte" : `${bytes} bytes`;
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
