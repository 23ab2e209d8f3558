/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * The board's script: hears of learners, and shows the room.
 *
 * It runs in a browser, with its types taken off and as it stands here (see
 * `page.ts`), so it imports nothing but types. What comes from a learner is put
 * into the page as text and in no other way.
 *
 * @module
 */
import type { Idea, KnownLesson } from "./known.ts";
import type { BoardData } from "./page.ts";
import type { Seat, Standing } from "./room.ts";
import type { BoardNews } from "./serve.ts";

/** From how many equal failures in a row, over how many milliseconds, somebody is stuck. */
const STUCK_TIMES = 3;
const STUCK_MS = 8 * 60_000;

/** How many entries a list shows. */
const MOST_LISTED = 8;

/** How many misunderstandings are shown. */
const MOST_IDEAS = 5;

/** How often the line over time is drawn, in milliseconds. */
const TIME_MS = 1000;

/** How often what depends on the time alone is shown anew, in milliseconds. */
const CLOCK_MS = 10_000;

/** The page's element with an id. */
function find<T extends Element>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new Error(`Cannot find the page's ${id}`);
}

/** A new element with text and other elements in it. */
function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  options: { class?: string; title?: string } = {},
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  if (options.class !== undefined) element.className = options.class;
  if (options.title !== undefined) element.title = options.title;
  element.append(...content);
  return element;
}

const data: BoardData = JSON.parse(
  find("data", HTMLScriptElement).textContent ?? "",
);
const seats = new Map<number, Seat>();
const rows = new Map<number, HTMLTableRowElement>();
const changed = new Set<number>();

/** How far the server's clock is ahead of this one, in milliseconds. */
let ahead = 0;
let isNamed = false;
let isPlanned = false;

/** When the line over time was drawn last, and what draws it again. */
let drawnAt = -Infinity;
let timeSoon: ReturnType<typeof setTimeout> | undefined;

/** A learner's name on this page: the projector has none but the seat's number. */
function nameOf({ id, name }: Seat): string {
  return isNamed && name !== undefined ? name : `#${id}`;
}

function isStuck(standing: Standing): boolean {
  return standing.failed !== undefined && standing.same >= STUCK_TIMES &&
    standing.passedAt === undefined &&
    Date.now() + ahead - standing.since >= STUCK_MS;
}

function minutesSince(at: number): string {
  const minutes = Math.max(0, Math.round((Date.now() + ahead - at) / 60_000));
  return minutes === 0 ? "just now" : `${minutes} min`;
}

/** How a learner stands with a lesson, in a sign that needs no colour. */
function signOf(standing: Standing | undefined, stages: number): string {
  if (!standing) return "";
  if (standing.passedAt !== undefined) return "✓";
  const stage = stages > 1 ? `${standing.reached}/${stages}` : "·";
  return isStuck(standing) ? `! ${stage}` : stage;
}

/** Has what changed be painted with the browser's next picture. */
function plan(): void {
  if (isPlanned) return;
  isPlanned = true;
  requestAnimationFrame(() => {
    isPlanned = false;
    paint();
  });
}

function paint(): void {
  for (const id of changed) paintRow(id);
  changed.clear();
  const all = [...seats.values()];
  paintState(all);
  paintLessons(all);
  paintIdeas(all);
  paintStuck(all);
  paintHands(all);
  paintHelpers(all);
  timeSoon ??= setTimeout(() => {
    timeSoon = undefined;
    paintTime([...seats.values()]);
  }, Math.max(0, drawnAt + TIME_MS - performance.now()));
  document.documentElement.dataset.painted = String(performance.now());
}

function paintState(all: readonly Seat[]): void {
  const recent =
    all.filter(({ lessons }) =>
      Object.values(lessons).some(({ at }) =>
        Date.now() + ahead - at < 10 * 60_000
      )
    ).length;
  find("state", HTMLElement).textContent =
    `${all.length} learners, ${recent} checked within ten minutes`;
}

function paintLessons(all: readonly Seat[]): void {
  find("lessons", HTMLElement).replaceChildren(
    ...data.lessons.map((lesson) => {
      const standings = all.map(({ lessons }) => lessons[lesson.name])
        .filter((one) => one !== undefined);
      const passed = standings.filter(({ passedAt }) => passedAt !== undefined);
      return make(
        "tr",
        standings.length === 0 ? { class: "unbegun" } : {},
        make("th", {}, `${pad(lesson.number)} ${lesson.title}`),
        make("td", {}, String(passed.length)),
        make("td", {}, String(standings.length - passed.length)),
        make("td", {}, barOf(lesson, standings, all.length)),
      );
    }),
  );
}

/** A bar for each stage: how many of all have reached it. */
function barOf(
  { stages }: KnownLesson,
  standings: readonly Standing[],
  all: number,
): HTMLElement {
  const bars = Array.from({ length: stages }, (_, i) => {
    const count = standings.filter(({ reached, passedAt }) =>
      passedAt !== undefined || reached > i
    ).length;
    const share = all === 0 ? 0 : Math.round(100 * count / all);
    const bar = make("meter", { title: `stage ${i + 1}: ${count} of ${all}` });
    bar.max = 100;
    bar.value = share;
    bar.textContent = `${share} %`;
    return bar;
  });
  return make("span", { class: "bars" }, ...bars);
}

function paintIdeas(all: readonly Seat[]): void {
  const now = new Map<number, number>();
  const ever = new Map<number, number>();
  for (const { lessons } of all) {
    const standings = Object.values(lessons);
    const nows = standings.flatMap(({ idea, passedAt }) =>
      idea === undefined || passedAt !== undefined ? [] : [idea]
    );
    for (const place of new Set(nows)) add(now, place);
    for (const place of new Set(standings.flatMap(({ seen }) => seen))) {
      add(ever, place);
    }
  }
  const counts = [...ever].flatMap(([place, count]) => {
    const idea = data.ideas[place];
    return idea ? [{ idea, now: now.get(place) ?? 0, ever: count }] : [];
  }).sort((a, b) => b.now - a.now || b.ever - a.ever).slice(0, MOST_IDEAS);
  const list = find("ideas", HTMLElement);
  const open = new Set(
    [...list.querySelectorAll("details[open]")].map((one) =>
      one.getAttribute("data-says")
    ),
  );
  list.replaceChildren(
    ...counts.map(({ idea, now, ever }) =>
      paintIdea(idea, now, ever, all.length, open.has(idea.says))
    ),
    ...(counts.length === 0 ? [make("li", { class: "none" }, "none yet")] : []),
  );
}

function add(counts: Map<number, number>, place: number): void {
  counts.set(place, (counts.get(place) ?? 0) + 1);
}

function paintIdea(
  idea: Idea,
  now: number,
  ever: number,
  all: number,
  isOpen: boolean,
): HTMLElement {
  const says = idea.says.replace("this is what a program does that ", "");
  const slide = idea.slide === undefined ? "" : `; slide ${idea.slide}`;
  const details = make(
    "details",
    {},
    make(
      "summary",
      {},
      make("b", {}, `${now} of ${all} `),
      says,
      make("small", {}, ` ${ever} in all`),
    ),
    make("p", {}, idea.paragraph),
    make("p", { class: "where" }, `${idea.page}, “${idea.heading}”${slide}`),
  );
  details.dataset.says = idea.says;
  details.open = isOpen;
  return make("li", {}, details);
}

function paintStuck(all: readonly Seat[]): void {
  const stuck = all.flatMap((seat) =>
    data.lessons.flatMap((lesson) => {
      const standing = seat.lessons[lesson.name];
      return standing && isStuck(standing) ? [{ seat, lesson, standing }] : [];
    })
  ).sort((a, b) => a.standing.since - b.standing.since);
  fill(
    "stuck",
    stuck.map(({ seat, lesson, standing }) =>
      make(
        "li",
        {},
        make("b", {}, nameOf(seat)),
        ` ${pad(lesson.number)}, ${standing.failed ?? ""} `,
        make(
          "small",
          {},
          `${standing.same} times, ${minutesSince(standing.since)}`,
        ),
      )
    ),
    "nobody",
  );
}

function paintHands(all: readonly Seat[]): void {
  const hands = all.flatMap((seat) => seat.hand ? [{ seat, ...seat.hand }] : [])
    .sort((a, b) => a.at - b.at);
  const list = find("hands", HTMLElement);
  const open = new Set(
    [...list.querySelectorAll("details[open]")].map((one) =>
      one.getAttribute("data-seat")
    ),
  );
  fill(
    "hands",
    hands.map(({ seat, lesson, at }) => {
      const item = make(
        "li",
        {},
        make("b", {}, nameOf(seat)),
        ` ${lesson.slice(0, 2)} `,
        make("small", {}, minutesSince(at)),
      );
      if (!isNamed || !seat.asks) return item;
      const { text, share } = seat.asks;
      if (text !== "") item.append(` ${text} `);
      if (share) {
        const details = make(
          "details",
          {},
          make("summary", {}, share.failed),
          make("ol", {}, ...share.steps.map((step) => make("li", {}, step))),
          make("pre", {}, share.wire),
        );
        details.dataset.seat = String(seat.id);
        details.open = open.has(String(seat.id));
        item.append(details);
      }
      const done = make("button", {}, "Done");
      done.type = "button";
      done.addEventListener("click", () => lower(seat.id));
      item.append(" ", done);
      return item;
    }),
    "none",
  );
}

/** Who has passed what somebody is stuck on, or asks about; who needed few checks first. */
function paintHelpers(all: readonly Seat[]): void {
  const wanted = data.lessons.filter(({ name }) =>
    all.some(({ lessons, hand }) => {
      const standing = lessons[name];
      return hand?.lesson === name || (standing && isStuck(standing));
    })
  );
  fill(
    "helpers",
    wanted.map(({ name, number }) => {
      const helpers = all.filter(({ lessons, hand }) =>
        lessons[name]?.passedAt !== undefined && !hand
      ).sort((a, b) =>
        (a.lessons[name]?.attempts ?? 0) - (b.lessons[name]?.attempts ?? 0)
      ).slice(0, MOST_LISTED);
      const names = helpers.map(nameOf).join(", ");
      return make(
        "li",
        {},
        make("b", {}, pad(number)),
        ` ${names === "" ? "nobody yet" : names}`,
      );
    }),
    "nobody is stuck",
  );
}

/** A step line: how many exercises all together have passed. */
function paintTime(all: readonly Seat[]): void {
  drawnAt = performance.now();
  const times = all.flatMap(({ lessons }) =>
    Object.values(lessons).flatMap(({ passedAt }) =>
      passedAt === undefined ? [] : [passedAt]
    )
  ).sort((a, b) => a - b);
  const svg = find("time", SVGSVGElement);
  const [first] = times;
  find("time-text", SVGTitleElement).textContent =
    `${times.length} exercises passed so far`;
  for (const old of svg.querySelectorAll("path, text")) old.remove();
  if (first === undefined) return;
  const span = Math.max(60_000, Date.now() + ahead - first);
  const x = (at: number) => 40 + 550 * (at - first) / span;
  const y = (count: number) => 125 - 110 * count / times.length;
  // A thousand points are as many as can be seen.
  const step = Math.max(1, Math.floor(times.length / 1000));
  const points = times.flatMap((at, i) =>
    i % step === 0 || i === times.length - 1
      ? [`H${x(at).toFixed(1)}V${y(i + 1).toFixed(1)}`]
      : []
  );
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", `M40 ${y(0)}${points.join("")}H590`);
  svg.append(path);
  const minutes = Math.round(span / 60_000);
  write(svg, 34, y(times.length) + 6, "end", String(times.length));
  write(svg, 34, y(0) + 6, "end", "0");
  write(svg, 40, 146, "start", `${minutes} min ago`);
  write(svg, 590, 146, "end", "now");
}

function write(
  svg: SVGSVGElement,
  x: number,
  y: number,
  anchor: string,
  words: string,
): void {
  const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
  text.setAttribute("x", String(x));
  text.setAttribute("y", String(y));
  text.setAttribute("text-anchor", anchor);
  text.textContent = words;
  svg.append(text);
}

/** A learner's row: made once, then only what differs is touched, so that 300 of them cost little. */
function paintRow(id: number): void {
  const seat = seats.get(id);
  if (!seat) return;
  let row = rows.get(id);
  if (!row) {
    row = make(
      "tr",
      {},
      make("th", {}),
      ...data.lessons.map(() => make("td", {})),
    );
    find("everybody", HTMLTableElement).tBodies[0]?.append(row);
    rows.set(id, row);
  }
  const [name, ...cells] = row.cells;
  if (name) setText(name, nameOf(seat));
  for (const [i, { name, stages }] of data.lessons.entries()) {
    const cell = cells[i];
    if (!cell) continue;
    const standing = seat.lessons[name];
    const sign = signOf(standing, stages);
    setText(cell, sign);
    const kind = kindOf(sign);
    if (cell.className !== kind) cell.className = kind;
    const tries = standing ? `${standing.attempts} checks` : "";
    if (cell.title !== tries) cell.title = tries;
  }
}

function kindOf(sign: string): string {
  if (sign === "") return "unbegun";
  if (sign === "✓") return "passed";
  return sign.startsWith("!") ? "stuck" : "working";
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function fill(id: string, items: HTMLElement[], none: string): void {
  const more = items.length - MOST_LISTED;
  find(id, HTMLElement).replaceChildren(
    ...items.slice(0, MOST_LISTED),
    ...(more > 0 ? [make("li", { class: "none" }, `and ${more} more`)] : []),
    ...(items.length === 0 ? [make("li", { class: "none" }, none)] : []),
  );
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}

function paintAll(): void {
  for (const id of seats.keys()) changed.add(id);
  plan();
}

function showNames(): void {
  if (data.kind !== "board") return;
  isNamed = !isNamed;
  find("names", HTMLButtonElement).setAttribute(
    "aria-pressed",
    String(isNamed),
  );
  paintAll();
}

async function lower(id: number): Promise<void> {
  const url = new URL("/board/lower", location.href);
  url.search = location.search;
  url.searchParams.set("learner", String(id));
  await fetch(url, { method: "POST" });
}

function listen(): void {
  const news = new EventSource(`${location.pathname}/news${location.search}`);
  let isFirst = true;
  news.addEventListener("open", () => isFirst = true);
  news.addEventListener("message", ({ data: text }) => {
    const { now, seats: some }: BoardNews = JSON.parse(text);
    ahead = now - Date.now();
    if (isFirst) { // after a pause all comes anew, and somebody may be gone
      seats.clear();
      rows.clear();
      find("everybody", HTMLTableElement).tBodies[0]?.replaceChildren();
    }
    isFirst = false;
    for (const seat of some) {
      seats.set(seat.id, seat);
      changed.add(seat.id);
    }
    plan();
  });
  news.addEventListener("error", () => {
    find("state", HTMLElement).textContent =
      "the board does not answer; what you see is what it said last";
  });
}

find("everybody", HTMLTableElement).tHead?.append(
  make(
    "tr",
    {},
    make("th", {}, ""),
    ...data.lessons.map(({ number, title }) =>
      make("th", { title }, pad(number))
    ),
  ),
);
if (data.kind === "board") {
  const names = find("names", HTMLButtonElement);
  names.hidden = false;
  names.addEventListener("click", showNames);
  for (const kind of ["csv", "json"]) {
    const link = find(kind, HTMLAnchorElement);
    link.href = `/board/export.${kind}${location.search}`;
    link.hidden = false;
  }
}
document.addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (key === "n" && !ctrlKey && !metaKey && !altKey) showNames();
});
setInterval(paintAll, CLOCK_MS);
listen();
plan();
