/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * The commands that a page shows: each can be run here, and what comes stands
 * beside what the page shows.
 *
 * @module
 */
import type { SceneNews } from "../scene_run.ts";
import { button, make } from "./dom.ts";

/** What differs by its nature from run to run: a port that the system picked. */
const PORT = /(?<=127\.0\.0\.1:)\d+/g;

/** The same on a block whose numbers differ: times, counts, and the bars for them. */
const NUMBER = /\d+(?:\.\d+)?|█+/g;

/** One block of a page while its scene is played. */
interface Block {
  readonly box: HTMLElement;
  /** The line of its first command. */
  readonly line: number;
  readonly came: HTMLElement;
  readonly state: HTMLElement;
  readonly run: HTMLButtonElement;
}

/** Puts a button at each block that can be run. @param path Where the scenes of the page are played. */
export function setUpScenes(path: string): void {
  const scenes = new Map<number, HTMLElement[]>();
  for (const box of document.querySelectorAll<HTMLElement>(".shown")) {
    const scene = Number(box.dataset.scene);
    scenes.set(scene, [...scenes.get(scene) ?? [], box]);
  }
  for (const [scene, boxes] of scenes) setUpScene(path, scene, boxes);
}

function setUpScene(
  path: string,
  scene: number,
  boxes: readonly HTMLElement[],
): void {
  let stop: AbortController | undefined;
  const act = async () => {
    if (stop) return stop.abort();
    stop = new AbortController();
    await play(path, scene, blocks, stop.signal);
    stop = undefined;
  };
  const what = boxes.length > 1 ? `these ${boxes.length} together` : "this";
  const blocks = boxes.map((box): Block => {
    const came = make("code", "");
    const pane = make("pre", "code came", came);
    pane.tabIndex = 0;
    pane.hidden = true;
    pane.ariaLabel = "What came now";
    const state = make("p", "ran");
    state.role = "status";
    const run = button(`▶ Run ${what}`, act);
    box.append(pane, make("p", "marks", run), state);
    return { box, came, state, run, line: Number(box.dataset.line) };
  });
}

async function play(
  path: string,
  scene: number,
  blocks: readonly Block[],
  signal: AbortSignal,
): Promise<void> {
  const labels = blocks.map(({ run }) => run.textContent);
  for (const { box, came, state, run } of blocks) {
    came.replaceChildren();
    came.parentElement?.removeAttribute("hidden");
    box.classList.add("beside-what-came");
    state.textContent = "running…";
    state.className = "ran";
    run.textContent = "■ Stop";
  }
  try {
    for await (const news of listenTo(path, scene, signal)) {
      hear(blocks, news);
    }
  } catch (error) {
    const text = signal.aborted
      ? "stopped"
      : error instanceof Error
      ? error.message
      : String(error);
    for (const { state } of blocks) state.textContent = text;
  } finally {
    for (const [i, { run }] of blocks.entries()) {
      run.textContent = labels[i] ?? "";
    }
  }
}

async function* listenTo(
  path: string,
  scene: number,
  signal: AbortSignal,
): AsyncGenerator<SceneNews> {
  const answer = await fetch(path, {
    method: "POST",
    body: JSON.stringify({ scene }),
    signal,
  });
  if (!answer.ok || !answer.body) throw new Error(await answer.text());
  let rest = "";
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  while (true) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line);
  }
}

function hear(blocks: readonly Block[], news: SceneNews): void {
  const at = (line: number) => blocks.findLast((one) => one.line <= line);
  switch (news.type) {
    case "line": {
      const block = at(news.line);
      if (!block) return;
      const varies = block.box.dataset.varies !== undefined;
      const line = make("span", news.isTyped ? "typed" : "");
      line.append(...marked(news.text, varies ? NUMBER : PORT), "\n");
      block.came.append(line);
      return;
    }
    case "ended":
      for (const { line, isSame, onTerminal } of news.commands) {
        const block = at(line);
        if (!block || block.state.classList.contains("alarm")) continue;
        const { state } = block;
        state.textContent = isSame
          ? sameness(block, onTerminal)
          : "✗ this is not what the page shows";
        state.classList.toggle("alarm", !isSame);
        state.classList.toggle("good", isSame);
      }
      return;
    case "problem":
      for (const { state } of blocks) {
        state.textContent = `✗ ${news.text}`;
        state.classList.add("alarm");
      }
  }
}

/** What is said of a block that printed what the page shows. */
function sameness({ came }: Block, onTerminal: readonly string[]): string {
  const notes = ["✓ as the page shows"];
  if (came.querySelector("mark")) {
    notes.push("what is marked differs from run to run");
  }
  if (onTerminal.length > 0) {
    const lines = onTerminal.map((line) => `"${line}"`).join(", ");
    notes.push(`there is no terminal here, and on one alone comes ${lines}`);
  }
  return notes.join("; ");
}

/** A line, with what differs by its nature marked. */
function marked(text: string, pattern: RegExp): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const mark = make("mark", "", found);
    mark.title = "differs from run to run";
    parts.push(text.slice(from, index), mark);
    from = index + found.length;
  }
  return [...parts, text.slice(from)];
}
