/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * Windows in step: what one shows, the others show, too. One is on the
 * projector, and one with the speaker.
 *
 * @module
 */
import { find } from "./dom.ts";

/** Where all windows of this browser keep whether they are in step. */
const KEY = "course-in-step";

/** For how long a window that follows says nothing of it, in milliseconds: else two would chase each other. */
const FOLLOW_MS = 600;

/** That this window goes to a page only because another one did. */
const FOLLOWS = "course-follows";

/** Something that a window does: it goes to a page, to a section of it, or to a step of a run. */
interface Move {
  /** The page: its path. */
  readonly page: string;
  /** The section that is being read. */
  readonly section?: string;
  /** The step that is chosen, and in which of the page's runs. */
  readonly step?: { readonly run: number; readonly index: string };
}

/** Sets it up: the button in the bar, and what this window tells and hears. */
export function setUpStep(): void {
  const toggle = find("in-step", HTMLButtonElement);
  const channel = new BroadcastChannel(KEY);
  const page = location.pathname;
  let followed = -FOLLOW_MS;
  const isOn = () => localStorage.getItem(KEY) === "yes";
  const show = () => toggle.ariaPressed = String(isOn());
  const tell = (move: Omit<Move, "page">) => {
    if (!isOn() || performance.now() - followed < FOLLOW_MS) return;
    channel.postMessage({ page, ...move } satisfies Move);
  };

  toggle.addEventListener("click", () => {
    localStorage.setItem(KEY, isOn() ? "no" : "yes");
    show();
    tell({});
  });
  document.defaultView?.addEventListener("storage", show);
  show();

  channel.addEventListener("message", ({ data }: MessageEvent<Move>) => {
    if (!isOn()) return;
    followed = performance.now();
    if (data.step) chooseStep(data, page);
    else if (data.page === page) {
      document.getElementById(data.section ?? "")?.scrollIntoView();
    } else if (self === top) {
      const place = placeFor(data, page);
      if (place === undefined) return;
      sessionStorage.setItem(FOLLOWS, "yes");
      location.assign(place);
    }
  });

  const isFollowing = sessionStorage.getItem(FOLLOWS) !== null;
  sessionStorage.removeItem(FOLLOWS);
  if (self === top && !isFollowing) tell({});
  followSections((section) => tell({ section }));
  for (const [run, frame] of runsHere().entries()) {
    frame.addEventListener("load", () => {
      followSteps(frame, (index) => tell({ step: { run, index } }));
    });
  }
}

/** Where this window goes when another one is on a page; `undefined` where it stays: a projector's window goes from lesson to lesson. */
function placeFor({ page, section }: Move, here: string): string | undefined {
  const isSame = lessonOf(page) !== undefined &&
    lessonOf(page) === lessonOf(here);
  const isProjector = (path: string) => path.endsWith(".projector.html");
  if (!isProjector(page) && !isProjector(here)) {
    return section === undefined ? page : `${page}#${section}`;
  }
  const lesson = lessonOf(page);
  if (isSame || lesson === undefined) return undefined;
  return isProjector(here) ? `${lesson}.projector.html` : `${lesson}.html`;
}

/** The name of the lesson that a page belongs to. */
function lessonOf(path: string): string | undefined {
  return /\/(\d\d_\w+)\.[^/]*$/.exec(path)?.[1];
}

/** The frames of this page that show runs. */
function runsHere(): HTMLIFrameElement[] {
  return [...document.querySelectorAll("iframe")]
    .filter((frame) => frame.getAttribute("src")?.includes("wire/"));
}

function chooseStep({ page, step }: Move, here: string): void {
  if (!step || lessonOf(page) !== lessonOf(here)) return;
  const row = runsHere()[step.run]?.contentDocument
    ?.querySelector<HTMLElement>(`li[data-index="${Number(step.index)}"]`);
  if (row && row.ariaCurrent !== "step") row.click();
}

/** Tells which section stands at the top. */
function followSections(tell: (section: string) => void): void {
  const headings = [...document.querySelectorAll("#main :is(h1, h2)[id]")];
  let last = "";
  let isLooking = false;
  document.addEventListener("scroll", () => {
    if (isLooking) return;
    isLooking = true;
    requestAnimationFrame(() => {
      isLooking = false;
      const above = headings.findLast((one) =>
        one.getBoundingClientRect().top < innerHeight / 3
      );
      const id = above?.id ?? "";
      if (id === last) return;
      last = id;
      tell(id);
    });
  }, { passive: true });
}

/** Tells which step of a run is chosen. */
function followSteps(
  frame: HTMLIFrameElement,
  tell: (index: string) => void,
): void {
  const rows = frame.contentDocument?.getElementById("rows");
  if (!rows) return;
  new MutationObserver(() => {
    const row = rows.querySelector<HTMLElement>("[aria-current=step]");
    if (row?.dataset.index !== undefined) tell(row.dataset.index);
  }).observe(rows, { attributeFilter: ["aria-current"], subtree: true });
}
