/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * The bar over each page: the search, how large letters are, and whether
 * windows are in step.
 *
 * @module
 */
import { find, make } from "./dom.ts";
import { type Entry, search } from "./search.ts";
import { setUpStep } from "./step.ts";

/** The sizes of letters, in percent; the last are for a projector. */
const SIZES = [87.5, 100, 112.5, 125, 150, 175, 200];

const SIZE_KEY = "course-letters";

/** Sets the bar up. @param up The way to the site's beginning. */
export function setUpBar(up: string): void {
  // In the projector's view the page has no bar of its own.
  document.body.classList.toggle("framed", self !== top);
  setUpSearch(up);
  setUpSizes();
  setUpStep();
}

function setUpSearch(up: string): void {
  const field = find("search", HTMLInputElement);
  const list = find("found", HTMLUListElement);
  let entries: readonly Entry[] | undefined;
  let loading: Promise<void> | undefined;
  let chosen = -1;

  const load = async () => {
    const answer = await fetch(`${up}search.json`);
    entries = await answer.json();
    show();
  };
  const show = () => {
    if (!entries) return; // they are on their way
    const found = search(entries, field.value);
    chosen = -1;
    list.replaceChildren(...found.map(({ entry, part }, i) => {
      const link = make(
        "a",
        "",
        make("b", "", entry.title),
        make("span", "page", entry.page),
        make("span", "part", part),
      );
      link.href = up + entry.href;
      link.tabIndex = -1;
      const item = make("li", "", link);
      item.id = `found-${i}`;
      item.role = "option";
      return item;
    }));
    if (found.length === 0 && field.value.trim() !== "") {
      const none = make("li", "none", "Nothing has all these words.");
      none.role = "option";
      none.ariaDisabled = "true";
      list.append(none);
    }
    toggle(field.value.trim() !== "");
  };
  const toggle = (isOpen: boolean) => {
    list.hidden = !isOpen;
    field.ariaExpanded = String(isOpen);
    mark();
  };
  const mark = () => {
    for (const [i, item] of [...list.children].entries()) {
      item.ariaSelected = String(i === chosen);
      if (i === chosen) item.scrollIntoView({ block: "nearest" });
    }
    if (chosen === -1) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", `found-${chosen}`);
  };
  const links = () => [...list.querySelectorAll("a")];

  field.addEventListener("focus", () => {
    loading ??= load().catch(() => loading = undefined);
  });
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    const count = links().length;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined && count > 0) {
      chosen = (Math.max(chosen, by < 0 ? 0 : -1) + by + count) % count;
      mark();
      event.preventDefault();
    } else if (event.key === "Enter") {
      links()[Math.max(0, chosen)]?.click();
      toggle(false);
    } else if (event.key === "Escape") {
      toggle(false);
    }
  });
  document.addEventListener("click", ({ target }) => {
    const isHere = target instanceof Element && target.closest("search");
    if (!isHere || target.closest("a")) toggle(false);
  });
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const isTyped = target instanceof Element &&
      target.closest("input, textarea, select, [contenteditable]") !== null;
    if (key !== "/" || isTyped || event.ctrlKey || event.metaKey) return;
    field.focus();
    event.preventDefault();
  });
}

function setUpSizes(): void {
  const { style } = document.documentElement;
  let place = Math.max(
    0,
    SIZES.indexOf(Number(localStorage.getItem(SIZE_KEY) ?? 100)),
  );
  const set = (by: number) => {
    place = Math.min(SIZES.length - 1, Math.max(0, place + by));
    style.fontSize = `${SIZES[place]}%`;
    for (const frame of document.querySelectorAll("iframe")) zoom(frame);
    localStorage.setItem(SIZE_KEY, String(SIZES[place]));
  };
  // A run on the wire has sizes of its own.
  const zoom = ({ contentDocument }: HTMLIFrameElement) => {
    if (!contentDocument?.getElementById("rows")) return;
    contentDocument.documentElement.style.zoom = `${SIZES[place]}%`;
  };
  document.addEventListener("load", ({ target }) => {
    if (target instanceof HTMLIFrameElement) zoom(target);
  }, { capture: true });
  set(0);
  // Another window of the course follows.
  document.defaultView?.addEventListener("storage", ({ key, newValue }) => {
    const other = SIZES.indexOf(Number(newValue));
    if (key === SIZE_KEY && other !== -1) set(other - place);
  });
  find("smaller", HTMLButtonElement)
    .addEventListener("click", () => set(-1));
  find("larger", HTMLButtonElement).addEventListener("click", () => set(1));
}
