/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * The script of an exercise's page: the editor, the verdict, the hints.
 *
 * @module
 */
import type { AnswerFile, Written } from "../answer_files.ts";
import type { ExerciseData, ShownHint } from "../exercise_page.ts";
import type { WorkshopNews } from "../workshop.ts";
import { setUpBar } from "./bar.ts";
import { button, find, listen, make, readData, send } from "./dom.ts";
import { Editor } from "./editor.ts";
import { fitFrame } from "./frames.ts";
import type { Remark } from "./remarks.ts";
import { Verdict } from "./verdict.ts";

const data = readData<ExerciseData>();
const base = `exercise/${data.lesson}`;

setUpBar(data.up);
numberSentences();

let hasPassed = data.isPassed;

/** What comes of a save, beside its button; it is no live region, for the verdict is one. */
const outcome = make("p", "saved");

const editor = new Editor({
  host: find("files", HTMLElement),
  folder: `answers/${data.lesson}`,
  nonce: data.nonce,
  outcome,
  async write(name, text, seen): Promise<Written> {
    const answer = await send(`${base}/save`, { name, text, seen });
    return await answer.json();
  },
});

const verdict = new Verdict({
  stages: data.stages,
  wireOf: (number, run) => `${base}/wire/${number}.html?run=${run}`,
  async again(part, goesOn) {
    try {
      if (editor.isDirty) await editor.save();
      await send(`${base}/again`, { part, goesOn });
    } catch (error) {
      find("summary", HTMLElement).textContent = String(error);
    }
  },
  onState(text) {
    outcome.textContent = text;
  },
  onChecked(isPassed) {
    hasPassed ||= isPassed;
    find("compare", HTMLElement).hidden = !hasPassed;
    find("passed", HTMLElement).textContent = isPassed
      ? "You have passed."
      : "You passed before.";
  },
});

/** What is wrong in the files: by the types, and by the mistakes that ended programs. */
const remarks: { types: Remark[]; mistakes: Remark[] } = {
  types: [],
  mistakes: [],
};

/** How long cases that passed are gathered before they are shown, in milliseconds: each picture costs the check some of its processor. */
const GATHER_MS = 60;

/** The files with which the page began. */
let begun: string | undefined;

let gathered: WorkshopNews[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

listen<WorkshopNews>(`${base}/news`, (news) => {
  gathered.push(news);
  const canWait = news.type === "judged" && !news.failure;
  if (canWait) timer ??= setTimeout(showGathered, GATHER_MS);
  else showGathered();
}, (isThere) => document.body.classList.toggle("gone", !isThere));

function showGathered(): void {
  clearTimeout(timer);
  timer = undefined;
  const all = gathered;
  gathered = [];
  for (const news of all) hear(news);
}

function hear(news: WorkshopNews): void {
  if (news.type === "files") {
    editor.setFiles(news.files);
    showVerdictFirst(news.files);
  } else verdict.hear(news);
  if (news.type === "begun") remarks.mistakes = [];
  else if (news.type === "types") remarks.types = [...news.places];
  else if (news.type === "judged" && news.failure) {
    for (const { file, line, message } of news.failure.mistakes) {
      remarks.mistakes.push({ file, line, message, column: 1, length: 0 });
    }
  } else return;
  editor.setRemarks([...remarks.mistakes, ...remarks.types]);
}

/** Puts the verdict at the top of its column as soon as the files are no longer those with which the page began: then it is what one waits for. */
function showVerdictFirst(files: readonly AnswerFile[]): void {
  const now = files.map(({ name, version }) => `${name} ${version}`).join("\n");
  begun ??= now;
  const fresh = document.querySelector(".fresh");
  if (now === begun || !fresh) return;
  fresh.classList.remove("fresh");
  find("summary", HTMLElement).scrollIntoView({ block: "nearest" });
}

/** The exercise's numbered sentences, which a verdict names, can be gone to. */
function numberSentences(): void {
  for (const list of document.querySelectorAll<HTMLOListElement>("#task ol")) {
    for (const [i, item] of [...list.children].entries()) {
      item.id = `sentence-${list.start + i}`;
    }
  }
}

// --- the pair ---

const pair = find("pair", HTMLElement);
const runPair = button("Run your pair, and see it on the wire", async () => {
  if (editor.isDirty) await editor.save();
  const frame = make("iframe");
  frame.title = "Your pair on the wire, live";
  frame.src = `${base}/mine/`;
  fitFrame(frame);
  runPair.remove();
  pair.append(make("div", "wire", frame));
});
pair.append(make("p", "marks", runPair));

const reset = button("Start again from the starter…", async () => {
  const isSure = confirm(
    `Put the starter back? What you have is kept beside it, in a folder with the date.`,
  );
  if (!isSure) return;
  const answer = await send(`${base}/reset`, {});
  const { kept }: { kept?: string } = await answer.json();
  reset.after(make("p", "dim", `your answer is kept in ${kept ?? "no"}/`));
}, "quiet");
pair.append(reset);

// --- hints ---

const hints = find("hints", HTMLElement);
for (const hint of data.hints.shown) addHint(hint);
const more = button("Next hint", async () => {
  try {
    const answer = await send(`${base}/hint`, {});
    addHint(await answer.json());
    more.hidden = hints.querySelectorAll(".hint").length >= data.hints.count;
  } catch (error) {
    more.after(make("p", "alarm", String(error)));
  }
});
more.hidden = data.hints.shown.length >= data.hints.count;
hints.append(more);

function addHint({ number, html }: ShownHint): void {
  const text = make("div", "hint");
  const parsed = new DOMParser().parseFromString(html, "text/html");
  text.append(
    make("b", "", `Hint ${number} of ${data.hints.count}`),
    ...parsed.body.childNodes,
  );
  if (hints.contains(more)) more.before(text);
  else hints.append(text);
}

// Nothing is lost in any case: this is for who would look for it in vain in the file.
addEventListener("beforeunload", (event) => {
  if (editor.isDirty) event.preventDefault();
});
