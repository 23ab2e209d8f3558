/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * The home page's script: what is passed, what is next, and how often one was
 * right. It follows what the terminal does.
 *
 * @module
 */
import type { Guesses } from "../guesses.ts";
import type { HomeData, HomeState } from "../pages.ts";
import { setUpBar } from "./bar.ts";
import { find, listen, make, readData } from "./dom.ts";

const data = readData<HomeData>();

setUpBar(data.up);
if (data.state) {
  show(data.state);
  listen(
    "news",
    async () => show(await (await fetch("state.json")).json()),
    (isThere) => document.body.classList.toggle("gone", !isThere),
  );
} else {
  const kept = localStorage.getItem("course-guesses");
  showScore(JSON.parse(kept ?? "{}"));
}

function show({ passed, next, hasBegun, guesses }: HomeState): void {
  const count = Object.keys(passed).length;
  find("passed", HTMLElement).textContent =
    `${count} of ${data.count} exercises passed`;
  for (const row of document.querySelectorAll<HTMLElement>("[data-lesson]")) {
    const { lesson = "" } = row.dataset;
    const when = passed[lesson]?.slice(0, 10);
    row.dataset.state = when !== undefined
      ? "passed"
      : lesson === next
      ? "next"
      : "";
    const state = row.querySelector(".state");
    if (state) {
      state.textContent = when !== undefined
        ? `✓ passed on ${when}`
        : lesson === next
        ? "→ next"
        : "";
    }
  }
  const step = find("next", HTMLElement);
  const row = document.querySelector(`[data-lesson="${next}"]`);
  const title = row?.querySelector("a")?.textContent ?? "";
  if (!next || !row) {
    step.replaceChildren("You have passed them all.");
  } else {
    const link = make(
      "a",
      "main",
      hasBegun ? `Go on with the exercise: ${title}` : `Read ${title}`,
    );
    link.href = hasBegun ? `${next}.exercise.html` : `${next}.html`;
    step.replaceChildren(link);
  }
  showScore(guesses);
}

/** How often one was right. */
function showScore(guesses: Guesses): void {
  const count = { asked: 0, right: 0, open: 0 };
  for (const page of Object.values(guesses)) {
    for (const { isRight } of Object.values(page)) {
      if (isRight === undefined) count.open++;
      else count.asked++;
      if (isRight) count.right++;
    }
  }
  const { asked, right, open } = count;
  const score = find("score", HTMLElement);
  score.hidden = asked + open === 0;
  score.textContent = `You said what you expect ${
    asked + open
  } times, and were right in ${right} of the ${asked} that you have judged.`;
}
