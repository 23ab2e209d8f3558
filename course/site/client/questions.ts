/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * What a page asks: the reader says what he thinks, then looks, and what he
 * said stays beside what is so.
 *
 * @module
 */
import type { Guess, PageGuesses } from "../guesses.ts";
import { button, make, send } from "./dom.ts";
import { judge } from "./judge.ts";

/** How a kind of question is put. */
interface Kind {
  /** What stands over the field. */
  readonly asks: string;
  /** What stands before what was said. */
  readonly said: string;
}

/** The sections that ask, by their anchors. */
const KINDS: Readonly<Record<string, Kind>> = {
  "try-this": { asks: "What do you expect?", said: "You expected" },
  quiz: { asks: "What do you say?", said: "You said" },
  guess: { asks: "What do you guess?", said: "You guessed" },
};

/** How many characters one may say: the server keeps no more. */
const MOST_SAID = 1000;

/** Where what is said is kept, where the course does not serve the page. */
const KEY = "course-guesses";

/** Where guesses come from and go to. */
export interface Keeper {
  /** What was said on this page before. */
  readonly kept: PageGuesses;
  /** Keeps one. */
  readonly keep: (key: string, guess: Guess) => Promise<void>;
}

/** Keeps guesses with the course, or in this browser where it is not there. */
export function keeperFor(
  page: string,
  isLive: boolean,
  kept: PageGuesses,
): Keeper {
  if (isLive) {
    return {
      kept,
      async keep(key, guess) {
        await send("guess", { page, key, guess });
      },
    };
  }
  const all = () => JSON.parse(localStorage.getItem(KEY) ?? "{}");
  return {
    kept: all()[page] ?? {},
    keep(key, guess) {
      const before = all();
      const changed = { ...before, [page]: { ...before[page], [key]: guess } };
      localStorage.setItem(KEY, JSON.stringify(changed));
      return Promise.resolve();
    },
  };
}

/** Puts a field before each answer of the page. */
export function askAll(keeper: Keeper): void {
  for (const id of ["try-this", "quiz"]) {
    const section = document.getElementById(id)?.closest("section");
    let number = 0;
    for (const item of section?.querySelectorAll(":scope > ol > li") ?? []) {
      number++;
      const answer = item.querySelector("details");
      if (answer) new Question(keeper, id, number, answer);
    }
  }
  let number = 0;
  for (const strong of document.querySelectorAll("#main p > strong")) {
    const paragraph = strong.parentElement;
    if (strong.textContent !== "Guess:" || !paragraph) continue;
    const answer = fold(paragraph);
    new Question(keeper, "guess", ++number, answer);
  }
}

/** Folds what stands behind a paragraph, up to the next question or heading. */
function fold(paragraph: Element): HTMLDetailsElement {
  const answer = make("details", "", make("summary", "", "What happens"));
  const isEnd = (element: Element) =>
    element.matches("h1, h2, h3, section") ||
    element.querySelector(":scope > strong")?.textContent === "Guess:";
  const next = () => paragraph.nextElementSibling;
  const inside: Element[] = [];
  for (let one; (one = next()) && !isEnd(one); one.remove()) inside.push(one);
  answer.append(...inside);
  paragraph.after(answer);
  return answer;
}

/** One question of a page. */
class Question {
  readonly #keeper: Keeper;
  readonly #answer: HTMLDetailsElement;
  readonly #key: string;
  readonly #kind: Kind;
  readonly #box = make("div", "asked");

  /** @param answer What is folded until it was said. */
  constructor(
    keeper: Keeper,
    kind: string,
    number: number,
    answer: HTMLDetailsElement,
  ) {
    this.#keeper = keeper;
    this.#answer = answer;
    this.#key = `${kind} ${number}`;
    this.#kind = KINDS[kind] ?? { asks: "", said: "" };
    answer.before(this.#box);
    const kept = keeper.kept[this.#key];
    if (kept) this.#show(kept);
    else this.#ask("");
  }

  #ask(said: string): void {
    const field = make("textarea");
    field.rows = 2;
    field.maxLength = MOST_SAID;
    field.value = said;
    const why = make("p", "alarm");
    why.role = "alert";
    why.id = `why ${this.#key}`.replaceAll(" ", "-");
    field.setAttribute("aria-describedby", why.id);
    field.addEventListener("input", () => why.textContent = "");
    const look = make("button", "", "Keep it, and look");
    const form = make(
      "form",
      "",
      make("label", "", make("span", "", this.#kind.asks), field),
      look,
      why,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim() === "") {
        why.textContent = "Say something first: a word or two will do.";
        return field.focus();
      }
      this.#keep({ said: field.value.trim() });
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        form.requestSubmit();
      }
    });
    this.#box.replaceChildren(form);
  }

  async #keep(guess: Guess): Promise<void> {
    const isRight = guess.isRight ??
      judge(guess.said, this.#answer.lastElementChild?.textContent ?? "");
    const judged = isRight === undefined ? guess : { ...guess, isRight };
    try {
      await this.#keeper.keep(this.#key, judged);
    } catch (error) {
      const why = make("p", "alarm", String(error));
      why.role = "alert";
      this.#box.append(why);
      return;
    }
    this.#answer.open = true;
    this.#show(judged);
    this.#box.querySelector("button")?.focus();
  }

  #show(guess: Guess): void {
    const { said, isRight } = guess;
    const mark = (text: string, value: boolean) => {
      const made = button(text, () => this.#keep({ said, isRight: value }));
      made.ariaPressed = String(isRight === value);
      return made;
    };
    const marks = make(
      "p",
      "marks",
      mark("✓ I was right", true),
      mark("✗ I was not", false),
      button("Say something else", () => {
        this.#ask(said);
        this.#box.querySelector("textarea")?.focus();
      }, "quiet"),
    );
    marks.role = "group";
    marks.ariaLabel = "Were you right?";
    this.#box.replaceChildren(
      make("p", "said", make("b", "", `${this.#kind.said}: `), said),
      marks,
    );
    this.#box.dataset.right = String(isRight ?? "");
  }
}
