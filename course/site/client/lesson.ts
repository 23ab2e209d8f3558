/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * The script of a page of the course: its questions, its runs on the wire, and
 * where one is in it.
 *
 * @module
 */
import type { LessonData } from "../pages.ts";
import { setUpBar } from "./bar.ts";
import { button, readData } from "./dom.ts";
import { fitFrame } from "./frames.ts";
import { askAll, keeperFor } from "./questions.ts";
import { setUpScenes } from "./scenes.ts";

const data = readData<LessonData>();

setUpBar(data.up);
askAll(keeperFor(data.page, data.isLive, data.guesses));
for (const wire of document.querySelectorAll<HTMLElement>(".wire")) {
  setUpWire(wire);
}
if (data.isLive) setUpScenes(`${data.up}run/${data.place}`);
followContents();

/** A run: as high as it is, and run anew where the course can do that. */
function setUpWire(wire: HTMLElement): void {
  const frame = wire.querySelector("iframe");
  if (!frame) return;
  fitFrame(frame);
  if (!data.isLive) return;
  const { dataset: { run = "" } } = wire;
  const live = button("Run it here, live", () => {
    frame.src = `${data.up}wire/${data.page}.${run}/`;
    live.remove();
  });
  wire.prepend(live);
}

/** Marks in the contents where one is. */
function followContents(): void {
  const links = new Map<string, Element>();
  for (const link of document.querySelectorAll(".contents a")) {
    links.set(decodeURIComponent(link.getAttribute("href") ?? ""), link);
  }
  const seen = new Set<Element>();
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) seen.add(target);
      else seen.delete(target);
    }
    let isFirst = true;
    for (const section of document.querySelectorAll("#main section")) {
      const id = section.getAttribute("aria-labelledby");
      const isHere = isFirst && seen.has(section);
      if (isHere) isFirst = false;
      const link = links.get(`#${id}`);
      if (link) link.ariaCurrent = isHere ? "location" : null;
    }
  }, { rootMargin: "-20% 0px -55% 0px" });
  for (const section of document.querySelectorAll("#main section")) {
    watcher.observe(section);
  }
}
