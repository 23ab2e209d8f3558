/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * The viewer's script: shows the run's rows, lights up what belongs
 * together, steps and filters.
 *
 * It runs in a browser, with its types taken off and as it stands here (see
 * `viewer.ts`), so it imports nothing but types. What comes from a recording is
 * put into the page as text and in no other way.
 *
 * @module
 */
import type {
  ViewerData,
  ViewerNews,
  ViewerPart,
  ViewerRow,
  ViewerWaiting,
} from "./viewer_data.ts";

/** How many rows stand in the page at once. */
const MOST_ITEMS = 10_000;

/** How many rows stand in one list; the browser leaves the lists out of sight alone, so long runs stay smooth. */
const IN_LIST = 50;

/** How many rows of them are printed; the style says it in lists. */
const MOST_PRINTED = 2000;

/** How many chunks of one row are shown in it. */
const MOST_PARTS = 60;

/** How many bytes of a chunk are shown before somebody asks for all. */
const MOST_BYTES = 1024;

/** How many bytes stand in a line of hex. */
const IN_LINE = 8;

/** How many colours there are for writes. */
const COLOURS = 5;

/** From how many milliseconds on a gap between two rows is shown, and how many sizes of gaps there are. */
const GAP_MS = 10;
const GAP_SIZES = 4;

/** A step a second, for those who read; and the longest pause of a run that is played as it was. */
const STEP_MS = 1000;
const LONGEST_PAUSE_MS = 3000;

/** The page's element with an id. */
function find<T extends Element>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new Error(`Cannot find the page's ${id}`);
}

/** A new element with text and other elements in it. */
function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  style = "",
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (style !== "") element.className = style;
  element.append(...inside);
  return element;
}

const page = {
  state: find("state", HTMLElement),
  again: find("again", HTMLButtonElement),
  client: find("client", HTMLElement),
  server: find("server", HTMLElement),
  rows: find("rows", HTMLElement),
  foot: find("foot", HTMLUListElement),
  detail: find("detail", HTMLElement),
  said: find("said", HTMLElement),
  first: find("first", HTMLButtonElement),
  previous: find("previous", HTMLButtonElement),
  next: find("next", HTMLButtonElement),
  last: find("last", HTMLButtonElement),
  oneByOne: find("one-by-one", HTMLInputElement),
  words: find("words", HTMLInputElement),
  about: find("about", HTMLSelectElement),
  kinds: find("kinds", HTMLSelectElement),
  count: find("count", HTMLElement),
  play: find("play", HTMLButtonElement),
  speed: find("speed", HTMLSelectElement),
  place: find("place", HTMLInputElement),
  when: find("when", HTMLElement),
  none: find("none", HTMLElement),
  all: find("all", HTMLButtonElement),
  window: find("window", HTMLElement),
  range: find("range", HTMLElement),
  earlier: find("earlier", HTMLButtonElement),
  later: find("later", HTMLButtonElement),
  printNote: find("print-note", HTMLElement),
};

const data: ViewerData = JSON.parse(find("data", HTMLScriptElement).text);

/** The rows, and what was made of each. */
const rows: ViewerRow[] = [];
const items: (HTMLLIElement | undefined)[] = [];
const texts: (string | undefined)[] = [];

/** The rows with bytes of a write, by the write's number: first the write itself. */
const holders = new Map<number, number[]>();

/** The rows that pass the filter, and the first of them that is in the page. */
let matches: number[] = [];
let start = 0;

/** The chosen row; -1 where none is. */
let chosen = -1;

let lit: Element[] = [];

/** The pause before the next step while a run is played. */
let pause: ReturnType<typeof setTimeout> | undefined;

/** The item that Tab goes to. */
let entry: HTMLLIElement | undefined;

/** Which run of a live page this is. */
let run = 0;

function colourOf(mark: number | undefined): string {
  return mark === undefined ? "" : `c${(mark - 1) % COLOURS}`;
}

/** Puts rows in the place of all from one on. */
function putRows(from: number, added: readonly ViewerRow[]): void {
  for (const list of [rows, items, texts]) list.length = from;
  for (const row of added) rows.push(row);
  holders.clear();
  for (const [i, { parts = [] }] of rows.entries()) {
    for (const { mark } of parts) {
      if (mark === undefined) continue;
      const places = holders.get(mark);
      if (!places) holders.set(mark, [i]);
      else if (places.at(-1) !== i) places.push(i);
    }
  }
}

function putFrame(run: Omit<ViewerData, "rows" | "live">): void {
  page.client.textContent = run.heads.client;
  page.server.textContent = run.heads.server;
  page.foot.replaceChildren(...run.foot.map((line) => make("li", "", line)));
  const { value } = page.about;
  const choices: [string, string][] = [["all", "all connections"]];
  for (let i = 1; i <= Math.min(run.connections, 1000); i++) {
    choices.push([String(i), `connection #${i}`]);
  }
  choices.push(["datagrams", "datagrams"]);
  page.about.replaceChildren(...choices.map(([value, text]) => {
    const option = make("option", "", text);
    option.value = value;
    return option;
  }));
  page.about.value = choices.some(([name]) => name === value) ? value : "all";
}

// --- a row ---

/** The list item of a row. */
function itemOf(index: number): HTMLLIElement {
  const known = items[index];
  if (known) return known;
  const row = rows[index];
  if (!row) throw new Error(`Cannot show row ${index}: there is none`);
  const item = make(
    "li",
    `${row.side} ${row.tone ?? ""}`,
    make("span", "time", row.time.toFixed(1), make("span", "unseen", " ms, ")),
    make("div", "lane", wordsOf(row), ...arrowOf(row)),
    systemOf(row),
  );
  item.dataset.index = String(index);
  item.tabIndex = -1;
  items[index] = item;
  if (index === chosen) item.ariaCurrent = "step";
  return item;
}

function wordsOf(row: ViewerRow): HTMLElement {
  const { side, kind, who, head, parts = [], tail } = row;
  const which = kind === "write" || kind === "send" ? "number" : "of number";
  const words = make("span", "words", make("span", "unseen", `${side}: `));
  if (who !== undefined) words.append(make("span", "who", who));
  words.append(head);
  for (const part of parts.slice(0, MOST_PARTS)) {
    words.append(partOf(part, which));
  }
  const more = parts.length - MOST_PARTS;
  if (more > 0) words.append(` and ${more} more`);
  if (tail !== undefined) words.append(make("span", "tail", tail));
  return words;
}

/** A chunk. @param which How its write's number is said to those who do not see the sign. */
function partOf(
  { mark, sign = "", text }: ViewerPart,
  which: string,
): HTMLElement {
  const part = make("span", `part ${colourOf(mark)}`);
  if (mark !== undefined) {
    const shown = make("span", "", sign);
    shown.ariaHidden = "true"; // "circled digit one" is no help
    part.dataset.mark = String(mark);
    part.append(shown, make("span", "unseen", `${which} ${mark}: `));
  }
  part.append(...unbroken(text));
  return part;
}

/** A text in which no mark of a few bytes, `‹00 00 00›`, is broken at a line's end. */
function unbroken(text: string): (Node | string)[] {
  return text.split(/(‹[^›]{1,24}›)/).map((piece, i) =>
    i % 2 === 0 ? piece : make("span", "whole", piece)
  );
}

/** What is in the system after a row's step: the detail says it in words. */
function systemOf({ system }: ViewerRow): HTMLElement {
  const lane = make("div", "system");
  lane.ariaHidden = "true";
  for (const [side, way] of [["client", "→"], ["server", "←"]]) {
    const chunks = system?.waiting.filter((chunk) => chunk.side === side) ?? [];
    if (chunks.length > 0) {
      lane.append(make("div", "", way ?? "", ...chunks.map(waitingOf)));
    }
  }
  const more = system?.more ?? 0;
  if (more > 0) lane.append(`and ${more} more`);
  return lane;
}

function waitingOf({ mark, sign, who = "", text }: ViewerWaiting): HTMLElement {
  const chunk = make("span", `part ${colourOf(mark)}`, who, sign);
  chunk.append(...unbroken(text));
  chunk.dataset.mark = String(mark);
  return chunk;
}

function arrowOf({ kind, arrow }: ViewerRow): HTMLElement[] {
  if (!arrow) return [];
  const style = [
    "arrow",
    colourOf(arrow.mark),
    kind === "send" ? "datagram" : "",
    arrow.stop === undefined ? "arrives" : "",
  ].join(" ");
  const line = make("span", style);
  line.ariaHidden = "true";
  return arrow.stop === undefined
    ? [line]
    : [line, make("span", "stop", arrow.stop)];
}

/** A row in words: for the filter, and to be said. */
function textOf(index: number): string {
  const row = rows[index];
  if (!row) return "";
  const { side, time, who = "", head, parts = [], tail = "", arrow } = row;
  const content = parts.map(({ sign = "", text }) => sign + text).join(" ");
  const stop = arrow?.stop ?? "";
  return texts[index] ??= `${side} ${
    time.toFixed(1)
  } ms ${who} ${head} ${content} ${tail} ${stop}`
    .replace(/ +/g, " ").trim();
}

// --- the list ---

/** Finds the rows that pass the filter. */
function filter(): void {
  const words = page.words.value.toLowerCase().split(" ")
    .filter((word) => word !== "");
  const about = page.about.value;
  const kinds = page.kinds.value;
  matches = [...rows.keys()].filter((i) => {
    const row = rows[i];
    if (!row || !isAbout(row, about) || !isOfKind(row, kinds)) return false;
    if (words.length === 0) return true;
    const text = textOf(i).toLowerCase();
    return words.every((word) => text.includes(word));
  });
  start = startFor(matches.indexOf(chosen));
  show();
}

function isAbout({ kind, connection }: ViewerRow, about: string): boolean {
  if (about === "all") return true;
  if (about === "datagrams") return ["bind", "send", "receive"].includes(kind);
  return connection === Number(about);
}

function isOfKind(row: ViewerRow, kinds: string): boolean {
  const isSaid = ["print", "typed"].includes(row.kind);
  switch (kinds) {
    case "bytes":
      return row.parts !== undefined && row.parts.length > 0;
    case "calls":
      return !isSaid && row.kind !== "end";
    case "alarms":
      return row.tone === "alarm" || row.arrow?.stop !== undefined ||
        (row.tail?.startsWith("✗") ?? false);
    case "prints":
      return isSaid;
    default:
      return true;
  }
}

/** Where the part of the list begins in which a match stands. */
function startFor(match: number): number {
  return match < 0 ? 0 : match - match % MOST_ITEMS;
}

/** Puts the rows that pass the filter into the page. */
function show(): void {
  const end = Math.min(start + MOST_ITEMS, matches.length);
  const shown = matches.slice(start, end);
  putItems(shown.map(itemOf));
  showGaps(shown);
  sayNone();
  page.count.textContent = matches.length === rows.length
    ? `${rows.length} steps`
    : `${matches.length} of ${rows.length} steps`;
  page.window.hidden = matches.length <= MOST_ITEMS;
  page.range.textContent = `${start + 1} to ${end} of ${matches.length}`;
  page.earlier.disabled = start === 0;
  page.later.disabled = end === matches.length;
  page.printNote.hidden = shown.length <= MOST_PRINTED;
  page.printNote.textContent =
    `A print has the first ${MOST_PRINTED} of these ${shown.length} steps; filter them to print others.`;
  setSteps();
  setEntry();
}

/** Shows where time has passed between two rows that stand one under the other. */
function showGaps(shown: readonly number[]): void {
  for (const [i, index] of shown.entries()) {
    const before = rows[shown[i - 1] ?? -1];
    const gap = before ? (rows[index]?.time ?? 0) - before.time : 0;
    const { dataset } = itemOf(index);
    if (gap < GAP_MS) {
      delete dataset.gap;
      continue;
    }
    const size = Math.floor(Math.log10(gap / GAP_MS) * 2) + 1;
    dataset.gap = gap < 1000
      ? `${gap.toFixed(0)} ms`
      : `${(gap / 1000).toFixed(1)} s`;
    dataset.gapSize = String(Math.min(size, GAP_SIZES));
  }
}

/** Says why there is nothing to be seen, where it is so. */
function sayNone(): void {
  page.none.hidden = matches.length > 0;
  page.all.hidden = rows.length === 0;
  const isOnlyTrouble = page.kinds.value === "alarms" &&
    page.words.value.trim() === "" && page.about.value === "all";
  const text = rows.length === 0
    ? data.live ? "Nothing has happened yet." : "Nothing was recorded."
    : isOnlyTrouble
    ? "There was no trouble in this run."
    : "No step of this run passes the filter.";
  page.none.querySelector("span")?.replaceChildren(text);
}

/** Puts items into the page, in lists. */
function putItems(items: readonly HTMLLIElement[]): void {
  const lists = [...page.rows.children];
  const count = Math.ceil(items.length / IN_LIST);
  for (const list of lists.slice(count)) list.remove();
  for (let i = 0; i < count; i++) {
    const list = lists[i] ?? make("ol");
    list.role = "list"; // a list without numbers is none to some readers
    if (count > 1) list.ariaLabel = `part ${i + 1} of ${count}`;
    putInto(list, items.slice(i * IN_LIST, (i + 1) * IN_LIST));
    if (!list.isConnected) page.rows.append(list);
  }
}

/** Puts items into a list. Those at its beginning that stay are left alone, and with them the focus. */
function putInto(list: Element, wanted: readonly HTMLLIElement[]): void {
  let kept = 0;
  for (const child of list.children) {
    if (child !== wanted[kept]) break;
    kept++;
  }
  if (kept === 0) return list.replaceChildren(...wanted);
  while (list.children.length > kept) list.lastChild?.remove();
  list.append(...wanted.slice(kept));
}

/** Says which ways are open from the chosen row. */
function setSteps(): void {
  const match = matches.indexOf(chosen);
  const end = matches.length - 1;
  page.first.disabled = page.previous.disabled = match === 0 || end < 0;
  page.last.disabled = page.next.disabled = match === end;
  page.play.disabled = page.place.disabled = end < 0;
  page.place.max = String(Math.max(0, end));
  page.place.value = String(Math.max(0, match));
  const time = rows[matches[match] ?? -1]?.time;
  page.when.textContent = time === undefined ? "" : `${time.toFixed(1)} ms`;
  page.place.ariaValueText = time === undefined
    ? "no step is chosen"
    : `step ${match + 1} of ${end + 1}, at ${time.toFixed(1)} ms`;
}

/** One row can be reached with Tab: the chosen one, or the first. */
function setEntry(): void {
  if (entry) entry.tabIndex = -1;
  const first = matches[start];
  const item = items[chosen];
  entry = item?.isConnected || first === undefined ? item : items[first];
  if (entry) entry.tabIndex = 0;
}

// --- one step at a time ---

/** Chooses a row and shows what is in it. */
function choose(index: number, isFocused: boolean): void {
  const before = items[chosen];
  if (before) before.ariaCurrent = null;
  chosen = index;
  const from = startFor(matches.indexOf(index));
  if (from !== start) {
    start = from;
    show();
  }
  const item = itemOf(index);
  item.ariaCurrent = "step";
  setEntry();
  showDetail(index);
  if (isFocused) item.focus({ preventScroll: true });
  else page.said.textContent = textOf(index);
  page.detail.scrollTop = 0;
  item.scrollIntoView({ block: "nearest" });
  setSteps();
  lightRow(index);
}

/** Goes to the match so many places further. */
function step(by: number, isFocused: boolean): void {
  stop();
  if (matches.length === 0) return;
  const to = matches.indexOf(chosen) + by; // -1 where none is chosen: then the first comes next
  const index = matches[Math.min(Math.max(to, 0), matches.length - 1)];
  if (index !== undefined) choose(index, isFocused);
}

// --- played by itself ---

/** Plays the run from the chosen step on, or from the first. What comes later is hidden meanwhile. */
function play(): void {
  const isAtEnd = matches.indexOf(chosen) === matches.length - 1;
  if (chosen === -1 || isAtEnd) step(-Infinity, false);
  hideLater(true);
  page.play.textContent = "Pause";
  playOn();
}

function playOn(): void {
  const at = matches.indexOf(chosen);
  const next = matches[at + 1];
  if (next === undefined) return stop();
  const before = rows[chosen]?.time ?? 0;
  const gap = Math.max(0, (rows[next]?.time ?? 0) - before);
  const { value } = page.speed;
  const length = value === "step"
    ? STEP_MS
    : Math.min(gap * Number(value), LONGEST_PAUSE_MS);
  pause = setTimeout(() => {
    choose(next, false);
    playOn();
  }, length);
}

function stop(): void {
  clearTimeout(pause);
  pause = undefined;
  page.play.textContent = "Play";
}

function hideLater(isHidden: boolean): void {
  page.oneByOne.checked = isHidden;
  page.rows.classList.toggle("one-by-one", isHidden);
}

// --- what belongs together ---

function lightRow(index: number): void {
  const marks = (rows[index]?.parts ?? []).flatMap(({ mark }) =>
    mark === undefined ? [] : [mark]
  );
  light(new Set(marks));
}

/** Lights up writes, and the reads that hold their bytes. */
function light(marks: ReadonlySet<number>): void {
  for (const element of lit) element.classList.remove("lit");
  lit = [];
  const places = new Set([...marks].flatMap((mark) => holders.get(mark) ?? []));
  for (const place of places) {
    const item = items[place];
    if (!item) continue;
    lit.push(item);
    for (
      const part of item.querySelectorAll<HTMLElement>(".words [data-mark]")
    ) {
      if (marks.has(Number(part.dataset.mark))) lit.push(part);
    }
  }
  for (const element of lit) element.classList.add("lit");
}

function indexAt(target: EventTarget | null): number | undefined {
  if (!(target instanceof Element)) return undefined;
  const item = target.closest<HTMLElement>("li[data-index]");
  return item ? Number(item.dataset.index) : undefined;
}

/** Lights up what is pointed at: one chunk, or all of a row. */
function lightAt(target: EventTarget | null): void {
  const index = indexAt(target);
  if (index === undefined || !(target instanceof Element)) {
    return lightRow(chosen);
  }
  const part = target.closest<HTMLElement>("[data-mark]");
  if (part) light(new Set([Number(part.dataset.mark)]));
  else lightRow(index);
}

// --- the chosen step ---

function showDetail(index: number): void {
  const row = rows[index];
  if (!row) return;
  const { side, program, time, parts = [] } = row;
  page.detail.replaceChildren(
    make("h2", "", `Step ${index + 1} of ${rows.length}`),
    make("p", "where", `${side}, ${program}, ${time.toFixed(3)} ms`),
    wordsInFull(row),
    inSystem(row),
    ...parts.slice(0, MOST_PARTS).map((part) => chunkOf(part, index)),
  );
}

/** What is in the system after a step, in each direction. */
function inSystem({ system }: ViewerRow): HTMLElement {
  const block = make(
    "section",
    "in-system",
    make("h3", "", "In the system, written and not yet read"),
  );
  for (const [side, other] of [["client", "server"], ["server", "client"]]) {
    const chunks = system?.waiting.filter((chunk) => chunk.side === side) ?? [];
    const count = system?.bytes[side === "client" ? "client" : "server"] ?? 0;
    const pipe = make("span", "pipe", ...chunks.map(waitingOf));
    const sum = chunks.length > 0 ? countBytes(count) : "nothing";
    block.append(make("p", "", `${side} to ${other}: ${sum}`, pipe));
  }
  const more = system?.more ?? 0;
  if (more > 0) block.append(make("p", "where", `${more} more are not shown`));
  return block;
}

/** What stands there while no step is chosen. */
function showHint(): void {
  page.detail.replaceChildren(
    make("h2", "", "Choose a step"),
    make(
      "p",
      "where",
      "Click or tap one, or press the arrow down key: here stand its bytes, who else has them, and what is in the system after it.",
    ),
  );
}

/** Chooses nothing. */
function unchoose(): void {
  const before = items[chosen];
  if (before) before.ariaCurrent = null;
  chosen = -1;
  stop();
  setSteps();
  showHint();
  light(new Set());
}

function wordsInFull({ who, head, tail, arrow }: ViewerRow): HTMLElement {
  const words = [who, head, tail, arrow?.stop].filter((word) =>
    word !== undefined
  );
  return make("p", "shown", words.join(" "));
}

/** A chunk's bytes, and where else they are. */
function chunkOf(part: ViewerPart, index: number): HTMLElement {
  const { mark, sign = "", from, to, of, text, bytes, pieces } = part;
  const size = to - from;
  const isWhole = from === 0 && (of === undefined || to === of);
  const which = isWhole ? "" : `, ${rangeOf(from, to)} of ${of ?? "a write"}`;
  const chunk = make(
    "section",
    "",
    make("h3", colourOf(mark), `${sign} ${countBytes(size)}${which}`.trim()),
  );
  if (bytes === undefined) {
    if (size > 0) chunk.append(make("p", "where", "The bytes were not kept."));
  } else if (size > 0) {
    chunk.append(make("p", "shown", text));
    const content = Uint8Array.from(
      atob(bytes),
      (character) => character.charCodeAt(0),
    );
    chunk.append(...dumpOf(content, pieces));
  }
  if (mark !== undefined) chunk.append(...linksOf(mark, index));
  return chunk;
}

/** The bytes as hex and text, frame by frame where they are some. */
function dumpOf(
  content: Uint8Array,
  pieces: ViewerPart["pieces"] = [],
  most = MOST_BYTES,
): HTMLElement[] {
  const shown = Math.min(content.length, most);
  const blocks: HTMLElement[] = [];
  let at = 0;
  for (const { name, size } of pieces) {
    if (at >= shown) break;
    const label = make("b", "", `${name}, ${countBytes(size)}`);
    const lines = hexLines(content, at, Math.min(at + size, shown));
    blocks.push(make("div", "piece", label, make("pre", "", lines)));
    at += size;
  }
  if (at < shown) blocks.push(make("pre", "", hexLines(content, at, shown)));
  if (shown < content.length) {
    const all = make("button", "", `Show all ${countBytes(content.length)}`);
    all.type = "button";
    all.addEventListener("click", () => {
      for (const block of blocks.slice(0, -1)) block.remove();
      all.replaceWith(...dumpOf(content, pieces, Infinity));
      page.detail.focus();
    });
    blocks.push(all);
  }
  return blocks;
}

function hexLines(content: Uint8Array, from: number, to: number): string {
  const lines: string[] = [];
  for (let at = from; at < to; at += IN_LINE) {
    const bytes = [...content.subarray(at, Math.min(at + IN_LINE, to))];
    const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0"));
    const text = bytes.map((byte) =>
      byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : "·"
    );
    const offset = String(at).padStart(5);
    lines.push(
      `${offset}  ${hex.join(" ").padEnd(3 * IN_LINE)} ${text.join("")}`,
    );
  }
  return lines.join("\n");
}

/** Buttons that go to the other rows with bytes of a write. */
function linksOf(mark: number, index: number): HTMLElement[] {
  const places = (holders.get(mark) ?? []).filter((place) => place !== index);
  const links = places.slice(0, MOST_PARTS).flatMap((place) => {
    const row = rows[place];
    const part = row?.parts?.find((part) => part.mark === mark);
    if (!row || !part) return [];
    const { kind, program, time } = row;
    const range = rangeOf(part.from, part.to);
    const link = make(
      "button",
      "",
      `${kind} by ${program} at ${time.toFixed(1)} ms: ${range}`,
    );
    link.type = "button";
    link.addEventListener("click", () => goTo(place));
    return [make("li", "", link)];
  });
  return links.length > 0 ? [make("ul", "", ...links)] : [];
}

/** Goes to a row, and takes the filter away where it hides it. */
function goTo(index: number): void {
  stop();
  if (!matches.includes(index)) clearFilter();
  choose(index, true);
}

function clearFilter(): void {
  page.words.value = "";
  page.about.value = "all";
  page.kinds.value = "all";
  filter();
}

function countBytes(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}

function rangeOf(from: number, to: number): string {
  if (to <= from) return "no bytes";
  return to === from + 1 ? `byte ${from}` : `bytes ${from} to ${to - 1}`;
}

// --- keys and buttons ---

page.first.addEventListener("click", () => step(-Infinity, false));
page.previous.addEventListener("click", () => step(-1, false));
page.next.addEventListener("click", () => step(1, false));
page.last.addEventListener("click", () => step(Infinity, false));
page.oneByOne.addEventListener("change", () => {
  hideLater(page.oneByOne.checked);
  if (chosen === -1) step(1, false);
});
page.play.addEventListener("click", () => {
  if (pause === undefined) play();
  else stop();
});
page.place.addEventListener("input", () => {
  stop();
  const index = matches[Number(page.place.value)];
  if (index !== undefined) choose(index, false);
});
page.all.addEventListener("click", clearFilter);
for (const control of [page.words, page.about, page.kinds]) {
  control.addEventListener("input", filter);
}
page.earlier.addEventListener("click", () => turnTo(start - MOST_ITEMS));
page.later.addEventListener("click", () => turnTo(start + MOST_ITEMS));

function turnTo(from: number): void {
  const index = matches[from];
  if (index !== undefined) choose(index, true);
}

page.rows.addEventListener("click", ({ target }) => {
  const index = indexAt(target);
  if (index !== undefined) goTo(index);
});
page.rows.addEventListener("pointerover", ({ target }) => lightAt(target));
page.rows.addEventListener("pointerleave", () => lightRow(chosen));
page.rows.addEventListener("focusin", ({ target }) => {
  const index = indexAt(target);
  if (index !== undefined && index !== chosen) choose(index, true);
});

/** Keys that step wherever the focus is. */
const KEYS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
};

/** Keys that step where the focus is on a row; elsewhere they scroll the page. */
const ROW_KEYS: Readonly<Record<string, number>> = {
  PageDown: 20,
  PageUp: -20,
  Home: -Infinity,
  End: Infinity,
};

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "Escape") {
    if (matches.length < rows.length) clearFilter();
    else unchoose();
    return;
  }
  // A field, a choice and the bytes have uses of their own for these keys.
  const isElsewhere = target instanceof Element &&
    target.closest("input:not([type='checkbox']), select, aside") !== null;
  if (isElsewhere) return;
  if (key === "p") page.play.click();
  if (key === "/") {
    page.words.focus();
    event.preventDefault();
  }
  const by = KEYS[key] ??
    (indexAt(target) === undefined ? undefined : ROW_KEYS[key]);
  if (by === undefined) return;
  step(by, true);
  event.preventDefault();
});

// --- a live run ---

function showNews(news: ViewerNews): void {
  const hasFocus = page.rows.contains(document.activeElement);
  if (news.run !== run) unchoose();
  run = news.run;
  putRows(news.from, news.rows);
  putFrame(news);
  if (chosen >= rows.length) unchoose();
  filter();
  page.again.disabled = news.isRunning;
  tell(
    news.isRunning ? "running" : news.problem ?? "the run is over",
    news.problem !== undefined,
  );
  if (chosen >= news.from) choose(chosen, hasFocus);
  else if (chosen >= 0) showDetail(chosen); // it may have been read by now
  else if (!news.isRunning) hideWhatIsAbove();
  else if (news.from > 0) {
    items.at(-1)?.scrollIntoView({ block: "nearest" });
  }
}

function tell(text: string, isAlarm = false): void {
  if (page.state.textContent !== text) page.state.textContent = text;
  page.state.classList.toggle("alarm", isAlarm);
}

function follow({ news, again }: NonNullable<ViewerData["live"]>): void {
  let source: EventSource | undefined;
  const open = () => {
    source = new EventSource(news);
    source.addEventListener("message", ({ data }) => {
      if (typeof data === "string") showNews(JSON.parse(data));
    });
    source.addEventListener("error", () => {
      tell("the course is not there any more; what was shown stays", true);
      page.again.disabled = true;
    });
  };
  // A browser has few connections for all its pages: those that nobody sees need none.
  document.addEventListener("visibilitychange", () => {
    source?.close();
    if (!document.hidden) open();
  });
  open();
  page.again.hidden = false;
  page.again.addEventListener("click", async () => {
    page.again.disabled = true;
    try {
      const answer = await fetch(again, { method: "POST" });
      if (!answer.ok) tell(await answer.text(), true);
    } catch {
      tell("the course does not answer", true);
    }
  });
}

/** In a frame of another page there is little room: the buttons stand at its top from the start, and stay where a finger is. */
function hideWhatIsAbove(): void {
  if (self === top) return;
  const { bottom } = find("filter", HTMLElement).getBoundingClientRect();
  scrollTo(0, bottom + scrollY);
}

showHint();
putRows(0, data.rows);
putFrame(data);
filter();
hideWhatIsAbove();
if (data.live) follow(data.live);
