/**
 * Measures slides: this runs in the browser.
 *
 * @module
 */
/// <reference lib="dom" />

/** What is used of reveal.js. */
interface RevealApi {
  getTotalSlides(): number;
  slide(index: number): void;
  getCurrentSlide(): HTMLElement;
}

declare const Reveal: RevealApi;

/**
 * Shows each slide of the page and looks for what an audience could not read.
 *
 * It is sent to the browser as text, so it uses nothing from outside.
 *
 * @returns One line for each thing that is wrong.
 */
export function measureSlides(): string[] {
  const LEAST_TEXT = 22; // pixels of a slide that is 1280 wide
  const LEAST_PICTURE_TEXT = 24;
  const LEAST_CONTRAST = 4.5;
  const BOTTOM = 700; // below stands the slide's number

  const problems: string[] = [];

  const light = (colour: string): number => {
    const parts = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.03928
        ? value / 12.92
        : Math.pow((value + 0.055) / 1.055, 2.4);
    });
    const [red = 0, green = 0, blue = 0] = parts;
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string): number => {
    const [dark = 0, bright = 0] = [light(one), light(other)].sort((a, b) =>
      a - b
    );
    return (bright + 0.05) / (dark + 0.05);
  };
  const isClear = (colour: string) => /^rgba\(.*, 0\)$/.test(colour);
  const groundOf = (element: Element): string => {
    const svg = element.closest("svg");
    const back = svg?.querySelector(".back");
    if (back) return getComputedStyle(back).fill;
    for (let at: Element | null = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!isClear(backgroundColor)) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  const hasOwnText = (element: Element) =>
    [...element.childNodes].some((node) =>
      node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim() !== ""
    );

  for (let i = 0; i < Reveal.getTotalSlides(); i++) {
    Reveal.slide(i);
    const section = Reveal.getCurrentSlide();
    const slide = section.querySelector(".slide");
    const fail = (element: Element, why: string) => {
      const text = (element.textContent ?? "").trim().slice(0, 40);
      problems.push(
        `slide ${i + 1}: ${element.tagName.toLowerCase()} "${text}" ${why}`,
      );
    };
    if (!slide || (slide.textContent ?? "").trim() === "") {
      problems.push(`slide ${i + 1} is empty`);
      continue;
    }
    const body = slide.querySelector(".body");
    const top = body?.getBoundingClientRect().top ?? 0;
    for (const child of body?.children ?? []) {
      if (child.getBoundingClientRect().top < top) {
        fail(child, "stands over the heading: there is too much on the slide");
      }
    }
    for (const element of slide.querySelectorAll("*")) {
      if (element.closest("title, desc, style, .where")) continue; // the last is for readers
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      if (
        box.left < 0 || box.top < 0 || box.right > 1280 || box.bottom > BOTTOM
      ) {
        fail(
          element,
          `goes over the edge: right ${Math.round(box.right)}, bottom ${
            Math.round(box.bottom)
          }`,
        );
      }
      if (
        element.scrollWidth > element.clientWidth + 1 && element.matches("pre")
      ) {
        fail(element, "is cut off at its right");
      }
      const svg = element.closest("svg");
      if (svg && element.matches("text")) {
        const frame = svg.getBoundingClientRect();
        if (box.left < frame.left - 1 || box.right > frame.right + 1) {
          fail(element, "goes over its picture's edge");
        }
      }
      if (!hasOwnText(element)) continue;
      const style = getComputedStyle(element);
      const scale = svg ? svg.getScreenCTM()?.a ?? 1 : 1;
      const size = parseFloat(style.fontSize) * scale;
      if (size < (svg ? LEAST_PICTURE_TEXT : LEAST_TEXT)) {
        fail(element, `has letters of only ${size.toFixed(1)} px`);
      }
      const ratio = contrast(svg ? style.fill : style.color, groundOf(element));
      if (ratio < LEAST_CONTRAST) {
        fail(element, `has a contrast of only ${ratio.toFixed(1)} to 1`);
      }
    }
  }
  return problems;
}

/**
 * Looks at a deck in its print view: each slide whole on a page of its own.
 *
 * @returns How many pages there are, and one line for each thing that is wrong.
 */
export function measurePages(): { pages: number; problems: string[] } {
  const pages = [...document.querySelectorAll(".pdf-page")];
  const problems = pages.flatMap((page, i) => {
    const slide = page.querySelector(".slide");
    if (!slide || (slide.textContent ?? "").trim() === "") {
      return [`page ${i + 1} is empty`];
    }
    const frame = page.getBoundingClientRect();
    const outside = [slide, ...slide.querySelectorAll("*")].find((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.height > 0 &&
        (box.right > frame.right + 1 || box.bottom > frame.bottom + 1 ||
          box.left < frame.left - 1 || box.top < frame.top - 1);
    });
    const { visibility, display, opacity } = getComputedStyle(slide);
    const isSeen = visibility === "visible" && display !== "none" &&
      opacity === "1";
    return outside
      ? [`page ${i + 1}: ${outside.tagName} is cut`]
      : isSeen
      ? []
      : [`page ${i + 1} is blank`];
  });
  return { pages: pages.length, problems };
}
