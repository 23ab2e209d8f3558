/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * The script that fills slides: letters as large as there is room for.
 *
 * It runs in a browser, with its types taken off and as it stands here, before
 * reveal.js lays the slides out.
 *
 * @module
 */

/** The largest that words become, by their size in the theme. */
const MOST_WORDS = 1.45;

/** The same on a slide that is one question. */
const MOST_QUESTION = 1.9;

/** The least size of code, in pixels: `code.ts` has it, too. */
const LEAST_CODE = 24;

/** How much of a slide's height is used at most. */
const MOST_FILLED = 0.95;

const STEP = 0.05;

document.documentElement.classList.add("measuring");
for (const body of document.querySelectorAll<HTMLElement>(".slide > .body")) {
  fill(body);
}
document.documentElement.classList.remove("measuring");

/** Code gives of its size where words have no room; then words take what is left. */
function fill(body: HTMLElement): void {
  const sizes = [...body.querySelectorAll<HTMLElement>("pre")]
    .map((code) => Number(code.style.getPropertyValue("--size")));
  const least = LEAST_CODE / Math.max(LEAST_CODE, ...sizes);
  for (let code = 1; code > least && !fits(body); code -= STEP) {
    body.style.setProperty("--code", String(Math.max(least, code - STEP)));
  }
  const isQuestion = body.parentElement?.classList.contains("question") &&
    sizes.length === 0;
  const most = isQuestion ? MOST_QUESTION : MOST_WORDS;
  for (let words = most; words > 1; words -= STEP) {
    body.style.setProperty("--words", String(words));
    if (fits(body)) return;
  }
  body.style.removeProperty("--words");
}

function fits(body: HTMLElement): boolean {
  const { firstElementChild: first, lastElementChild: last } = body;
  if (!first || !last) return true;
  const height = last.getBoundingClientRect().bottom -
    first.getBoundingClientRect().top;
  const style = getComputedStyle(body);
  const room = body.clientHeight - parseFloat(style.paddingTop);
  const pictures = [...body.querySelectorAll("figure")];
  if (pictures.length > 0) return pictures.every(isAsWide);
  const isWide = [...body.querySelectorAll("pre, table, .column")].some((one) =>
    one.scrollWidth > one.clientWidth + 1
  );
  return height <= room * MOST_FILLED && !isWide;
}

/** Whether a picture has all the width, so that words take nothing from it. */
function isAsWide(picture: HTMLElement): boolean {
  const shape = Number(picture.style.getPropertyValue("--shape"));
  return picture.clientHeight >= picture.clientWidth * shape - 1;
}
