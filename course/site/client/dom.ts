/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * What all scripts of the site's pages share.
 *
 * They run in a browser, with their types taken off. What comes from a program
 * or a file is put into a page as text and in no other way.
 *
 * @module
 */
import type { PageData } from "../shell.ts";

/** The page's element with an id. */
export function find<T extends Element>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new Error(`Cannot find the page's ${id}`);
}

/** A new element with text and other elements in it. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  style = "",
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (style !== "") element.className = style;
  element.append(...inside);
  return element;
}

/** A new button that does something. */
export function button(
  text: string,
  act: () => void,
  style = "",
): HTMLButtonElement {
  const made = make("button", style, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/** What the page was given. */
export function readData<T extends PageData>(): T {
  return JSON.parse(find("data", HTMLScriptElement).text);
}

/** Sends something to the course. @returns What it says. @throws {Error} Where it refuses, or is not there; the message is for the reader. */
export async function send(path: string, body: unknown): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, { method: "POST", body: JSON.stringify(body) });
  } catch {
    throw new Error("the course is not there: start deno task course again");
  }
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return answer;
}

/**
 * Listens to the course while the page is seen, and again when it is started
 * again: a browser has few connections for all its pages.
 *
 * @param hear Hears each event.
 * @param onThere Hears whether the course is there.
 */
export function listen<T>(
  path: string,
  hear: (data: T) => void,
  onThere: (isThere: boolean) => void = () => {},
): void {
  let source: EventSource | undefined;
  const open = () => {
    source = new EventSource(path);
    source.addEventListener("open", () => onThere(true));
    source.addEventListener("error", () => onThere(false));
    source.addEventListener("message", ({ data }) => {
      if (typeof data === "string") hear(JSON.parse(data));
    });
  };
  document.addEventListener("visibilitychange", () => {
    source?.close();
    if (!document.hidden) open();
  });
  if (!document.hidden) open();
}
