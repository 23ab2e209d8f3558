/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * The verdict as it comes: the cases by their stages, and what went wrong in
 * those that failed.
 *
 * @module
 */
import type { ShownFailure } from "../failure.ts";
import type { ShownCase, WorkshopNews } from "../workshop.ts";
import { showBytes } from "./bytes.ts";
import { saysFailed, saysShortly, saysSoFar } from "./counts.ts";
import { button, find, make } from "./dom.ts";
import { fitFrame } from "./frames.ts";

/** A stage of the exercise. */
export interface ShownStage {
  /** From 1. */
  readonly number: number;
  /** What its heading calls it. */
  readonly name: string;
}

/** What the verdict needs from its page. */
export interface VerdictPage {
  /** The exercise's stages; none where it is all of one piece. */
  readonly stages: readonly ShownStage[];
  /** Where the wire of a case is. */
  readonly wireOf: (number: number, run: number) => string;
  /** Tries again: only a case, all cases, or on behind one that failed. */
  readonly again: (part: string | undefined, goesOn: boolean) => void;
  /** Hears how it stands, in short: while a check goes on, and when it is over. */
  readonly onState: (text: string) => void;
  /** Hears when a check is over. @param isPassed Whether all of it is passed. */
  readonly onChecked: (isPassed: boolean) => void;
}

/** How long after a verdict the wire of the case that failed is asked for, in milliseconds: who saves again at once does not want it. */
const WIRE_MS = 400;

/** How a case stands. */
type State = "" | "waits" | "passed" | "failed";

const SIGNS: Readonly<Record<State, string>> = {
  "": "–",
  waits: "…",
  passed: "✓",
  failed: "✗",
};

const SPOKEN: Readonly<Record<State, string>> = {
  "": "not tried",
  waits: "is being tried",
  passed: "passed",
  failed: "failed",
};

/** The verdict. */
export class Verdict {
  readonly #page: VerdictPage;
  readonly #cases = new Map<number, { name: string; item: HTMLLIElement }>();
  readonly #failures = new Map<number, ShownFailure>();
  readonly #states = new Map<number, State>();
  #run = 0;
  /** The cases of this check, in the order in which they are tried. */
  #tried: readonly number[] = [];
  #part: string | undefined;
  #wireTimer: ReturnType<typeof setTimeout> | undefined;
  #count = { passed: 0, failed: 0, all: 0 };

  readonly #tools: Readonly<
    Record<"all" | "one" | "failures", HTMLButtonElement>
  >;

  /** Nothing is tried yet. */
  constructor(page: VerdictPage) {
    this.#page = page;
    const { again } = page;
    const first = () => this.#failures.keys().next().value;
    this.#tools = {
      all: button("Check all again", () => again(undefined, false)),
      one: button(
        "Run this case alone",
        () => again(this.#part ?? `${first() ?? ""}`, false),
      ),
      failures: button("Show all failures", () => again(undefined, true)),
    };
    find("again", HTMLElement).append(...Object.values(this.#tools));
    this.#showTools(true);
  }

  /** Shows what has happened. */
  hear(news: WorkshopNews): void {
    switch (news.type) {
      case "cases":
        return this.#list(news.cases);
      case "problem":
        this.#page.onState("it cannot be checked");
        this.#page.onChecked(false);
        return this.#say(news.text, "failed");
      case "begun":
        return this.#begin(news);
      case "judged":
        return this.#judge(news.number, news.failure);
      case "checked":
        return this.#end(news);
      case "noticed":
        find("notices", HTMLElement).append(make("p", "notice", news.text));
        return;
      case "types":
        return this.#showTypes(news.text);
    }
  }

  #list(cases: readonly ShownCase[]): void {
    const { stages } = this.#page;
    this.#cases.clear();
    const lists = new Map<number, HTMLElement>();
    const groups = stages.length === 0
      ? [{ number: 0, name: "The cases" }]
      : stages;
    const parts = groups.map(({ number, name }) => {
      const list = make("ol", "cases");
      lists.set(number, list);
      const title = make(
        "summary",
        "",
        number === 0 ? name : `Stage ${number}: ${name}`,
      );
      const part = make("details", "stage", title, list);
      part.open = true;
      part.dataset.stage = String(number);
      return part;
    });
    for (const { number, name, stage } of cases) {
      const item = make("li", "");
      item.value = number;
      this.#cases.set(number, { name, item });
      lists.get(stage)?.append(item);
      this.#set(number, "");
    }
    find("cases", HTMLElement).replaceChildren(...parts);
  }

  #set(number: number, state: State): void {
    const known = this.#cases.get(number);
    if (!known) return;
    const { name, item } = known;
    this.#states.set(number, state);
    item.dataset.state = state;
    const sign = make("span", "sign", SIGNS[state]);
    sign.ariaHidden = "true";
    const spoken = make("span", "unseen", `${SPOKEN[state]}: `);
    if (state !== "failed") {
      item.replaceChildren(sign, spoken, make("span", "", name));
      return;
    }
    const open = button(name, () => {
      document.getElementById(`failure-${number}`)?.scrollIntoView();
      document.getElementById(`failure-${number}`)?.focus();
    }, "quiet");
    item.replaceChildren(sign, spoken, open);
  }

  #begin(
    { run, numbers, passed, part, rights }: Extract<
      WorkshopNews,
      { type: "begun" }
    >,
  ): void {
    clearTimeout(this.#wireTimer);
    this.#run = run;
    this.#part = part;
    this.#tried = numbers;
    this.#failures.clear();
    this.#count = { passed: passed.length, failed: 0, all: 0 };
    this.#count.all = passed.length + numbers.length;
    for (const number of this.#cases.keys()) {
      this.#set(
        number,
        passed.includes(number)
          ? "passed"
          : numbers.includes(number)
          ? "waits"
          : "",
      );
    }
    find("failures", HTMLElement).classList.add("old");
    find("notices", HTMLElement).replaceChildren(
      ...(rights === undefined ? [] : [make("p", "notice", rights)]),
    );
    find("types", HTMLElement).hidden = true;
    this.#page.onState(saysSoFar(this.#count));
    this.#say("checking…", "waits");
  }

  #judge(number: number, failure: ShownFailure | undefined): void {
    if (!failure) this.#count.passed++;
    else this.#count.failed++;
    this.#set(number, failure ? "failed" : "passed");
    const soFar = saysSoFar(this.#count);
    this.#page.onState(soFar);
    find("summary", HTMLElement).textContent = soFar;
    if (!failure) return;
    this.#failures.set(number, failure);
    this.#showFailures();
  }

  #end(
    { isPassed, reached, untried }: Extract<
      WorkshopNews,
      { type: "checked" }
    >,
  ): void {
    const isAgain = this.#isAgain();
    this.#page.onState(saysShortly(this.#count, isAgain));
    for (const [number, state] of this.#states) {
      if (state === "waits") this.#set(number, "");
    }
    const { stages } = this.#page;
    const stage = reached === undefined || stages.length === 0
      ? ""
      : isPassed
      ? ` All ${stages.length} stages are reached.`
      : ` ${reached} of ${stages.length} stages reached.`;
    if (isPassed) {
      const what = this.#part === undefined
        ? `Passed: all ${this.#count.all} cases.`
        : "Passed, what was tried of it.";
      this.#say(what + stage, "passed");
    } else {
      const what = saysFailed(this.#count, untried, isAgain);
      this.#say(what + stage, "failed");
    }
    for (const part of document.querySelectorAll<HTMLElement>(".stage")) {
      const number = Number(part.dataset.stage);
      part.dataset.state = reached !== undefined && number <= reached &&
          number > 0
        ? "reached"
        : "";
    }
    this.#showFailures();
    this.#showTools(isPassed);
    this.#wireTimer = setTimeout(() => {
      const first = document.querySelector<HTMLElement>(".failure[open] .wire");
      if (first) this.#showWire(first);
    }, WIRE_MS);
    this.#page.onChecked(isPassed && this.#part === undefined);
  }

  /** Whether what failed is what was tried before the cases that stand before it. */
  #isAgain(): boolean {
    const [first = 0, ...others] = this.#tried;
    return this.#failures.has(first) && others.some((other) => other < first);
  }

  #say(text: string, state: State): void {
    const summary = find("summary", HTMLElement);
    summary.textContent = text;
    summary.dataset.state = state;
    if (state !== "waits") find("said", HTMLElement).textContent = text;
  }

  /** Which buttons mean something now. They stay where they are: one may be under somebody's finger. */
  #showTools(isPassed: boolean): void {
    const isPart = this.#part !== undefined;
    const hasFailed = this.#failures.size > 0;
    this.#tools.all.textContent = isPart ? "Try all cases" : "Check all again";
    this.#tools.one.hidden = isPart ? isPassed : !hasFailed;
    this.#tools.one.textContent = isPart
      ? "Run it again"
      : "Run this case alone";
    this.#tools.failures.hidden = isPart || !hasFailed;
  }

  #showTypes(text: string): void {
    const box = find("types", HTMLElement);
    box.hidden = text === "";
    box.replaceChildren(
      make("summary", "", "Type errors, as Deno has them"),
      make("pre", "code", text),
    );
  }

  /** The first that failed is open; the others are there to be opened. */
  #showFailures(): void {
    const box = find("failures", HTMLElement);
    box.classList.remove("old");
    const shown = new Map(
      [...box.children].map((child) => [child.id, child]),
    );
    const all = [...this.#failures.values()].map((failure, i) => {
      const id = `failure-${failure.number}`;
      const known = shown.get(id);
      if (
        known instanceof HTMLElement && known.dataset.run === `${this.#run}`
      ) {
        return known;
      }
      return this.#failure(id, failure, i === 0);
    });
    box.replaceChildren(...all);
  }

  #failure(id: string, failure: ShownFailure, isOpen: boolean): HTMLElement {
    const { name, message, steps, bytes, words, idea, todos, proof } = failure;
    const box = make(
      "details",
      "failure",
      make("summary", "", make("span", "sign", "✗"), ` ${name}`),
      make("p", "message", message),
      ...askedIn(failure),
      ...(idea ? [ideaBox(idea)] : []),
      make("h2", "", "What was done"),
      stepList(steps),
      ...(proof.length > 0
        ? [
          make("p", "", "What was done then, to see why it was silent:"),
          listOf(proof, steps.length),
        ]
        : []),
      ...(bytes ? [make("h2", "", "The bytes"), showBytes(bytes)] : []),
      ...words.map((text) => {
        const said = make("pre", "code words", text);
        said.tabIndex = 0;
        return said;
      }),
      ...(todos.length > 0
        ? [
          make("h2", "", "Still to do"),
          make("ul", "", ...todos.map((text) => make("li", "", text))),
        ]
        : []),
      make("h2", "", "On the wire"),
      this.#wireBox(failure.number),
    );
    box.id = id;
    box.tabIndex = -1;
    box.open = isOpen;
    box.dataset.run = String(this.#run);
    box.addEventListener("toggle", () => {
      const wire = box.querySelector<HTMLElement>(".wire");
      if (box.open && wire && !isOpen) this.#showWire(wire);
    });
    return box;
  }

  #wireBox(number: number): HTMLElement {
    const box = make("div", "wire");
    box.dataset.number = String(number);
    box.append(
      button("Try it once more, and record it", () => this.#showWire(box)),
    );
    return box;
  }

  #showWire(box: HTMLElement): void {
    const { number = "" } = box.dataset;
    if (box.querySelector("iframe")) return;
    const frame = make("iframe");
    fitFrame(frame);
    frame.title = "This case on the wire, step by step";
    frame.src = this.#page.wireOf(Number(number), this.#run);
    const wait = make("p", "dim", "It is tried once more, and recorded…");
    frame.addEventListener("load", () => wait.remove());
    box.replaceChildren(wait, frame);
  }
}

function askedIn({ asked }: ShownFailure): HTMLElement[] {
  if (asked.length === 0) return [];
  const links = asked.flatMap((number, i) => {
    const link = make("a", "", String(number));
    link.href = `#sentence-${number}`;
    return i === 0 ? [link] : [", ", link];
  });
  return [make("p", "dim", "It is asked for in the exercise: ", ...links)];
}

function stepList(steps: readonly string[]): HTMLElement {
  const list = listOf(steps, 0);
  const last = list.lastElementChild;
  if (last) {
    last.classList.add("failed-step");
    last.append(make("span", "unseen", " (the step that failed)"));
  }
  return list;
}

function listOf(steps: readonly string[], after: number): HTMLElement {
  const list = make(
    "ol",
    "steps",
    ...steps.map((text) => make("li", "", text)),
  );
  list.start = after + 1;
  return list;
}

function ideaBox(
  { says, read, href, html }: NonNullable<ShownFailure["idea"]>,
): HTMLElement {
  const link = make("a", "", read);
  link.href = href;
  const text = make("div", "told");
  // The course's own page, made by the course's own server: no program has a word in it.
  const parsed = new DOMParser().parseFromString(html, "text/html");
  text.append(...parsed.body.childNodes);
  const more = make(
    "details",
    "",
    make("summary", "", "Read it here: ", make("b", "", read)),
    text,
    make("p", "", "On its page: ", link),
  );
  more.open = true;
  return make("div", "idea", make("p", "", make("b", "", says)), more);
}
