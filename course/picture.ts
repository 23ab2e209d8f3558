/**
 * A lesson's pair on the wire as its page shows it: the same for every run in
 * which the programs make the same calls.
 *
 * @module
 */
import { stripAnsiCode } from "@std/fmt/colors";
import { type Lesson, portOf } from "@lessons/catalogue.ts";
import { lessonFolder, pairIn } from "@lessons/places.ts";
import { type Fence, fences } from "./markdown.ts";
import { type PairOptions, runPair } from "./pair.ts";
import { UserError } from "./user/error.ts";
import { titleOf } from "./user/lesson.ts";
import { readNetwork } from "./wire/network.ts";
import type { Recording } from "./wire/recording.ts";
import { changeTexts } from "./wire/texts.ts";
import { draw, type View } from "./wire/view.ts";

/** The port that stands for the first client's on every page. */
const CLIENT_PORT = 54321;

/** A lesson's view as it stands on its page, and the picture beside it. */
export type Picture = Pick<View, "text" | "svg">;

/** What has been drawn, by the lesson's name and the words of the run: a page, the README and the picture beside the page show the same run. */
const drawn = new Map<string, Promise<Picture>>();

/**
 * Runs a lesson's demo and draws it without its times and with the ports of the
 * page; once for the same words.
 *
 * @param words Instead of the demo's own, where there are any.
 * @throws {UserError} Where the run fails.
 */
export async function drawLesson(
  lesson: Lesson,
  words: readonly string[] = [],
): Promise<Picture> {
  const key = [lesson.name, ...words].join("\n");
  let picture = drawn.get(key);
  if (!picture) {
    picture = recordLesson(lesson, words)
      .then((recordings) => drawRecorded(lesson, recordings));
    drawn.set(key, picture);
  }
  return await picture;
}

/** Draws what {@linkcode recordLesson} has recorded. */
export function drawRecorded(
  lesson: Lesson,
  recordings: readonly Recording[],
): Picture {
  const title = `${titleOf(lesson)}, on the wire`;
  const { text, svg } = draw(recordings, title, { times: false }, "cause");
  return { text: stripAnsiCode(text), svg };
}

/**
 * Runs a lesson's demo and keeps what it did on the wire, with the ports of the page.
 *
 * @param words Instead of the demo's own, where there are any. Before them may stand `--network` and what the network does.
 * @param extra What else is said of the run.
 * @returns Its recordings.
 * @throws {UserError} Where the run fails.
 */
export async function recordLesson(
  lesson: Lesson,
  words: readonly string[] = [],
  extra: Pick<PairOptions, "addFlags"> = {},
): Promise<Recording[]> {
  const run = await runPair(lesson, pairIn(lessonFolder(lesson.name)), {
    ...optionsOf(words),
    isRecorded: true,
    isForPicture: true,
    ...extra,
  });
  if (run.problem) throw run.problem;
  if (!run.isGood) {
    throw new UserError(`a program of ${titleOf(lesson)} failed`, 1);
  }
  return evenPorts(run.recordings, portOf(lesson));
}

/**
 * How the pair of a view is run.
 *
 * @param words Those of the view: what is said to the programs, and before that perhaps `--network` and what the network does.
 * @throws {UserError} Where that is no network.
 */
export function optionsOf(
  words: readonly string[],
): Pick<PairOptions, "words" | "network"> {
  if (words[0] !== "--network") return words.length > 0 ? { words } : {};
  const [, habits = "", ...behind] = words;
  const network = readNetwork(habits);
  if (!network) throw new UserError(`"${habits}" is no network`, 1);
  return { ...optionsOf(behind), network };
}

/** A view that stands on a page. */
export interface PageView {
  /** Its fence. */
  readonly fence: Fence;
  /** The words of its run instead of the demo's; none for the demo. */
  readonly words: readonly string[];
}

/** The views on a page: a fence `text wire` is for the demo, `text wire --mode fixed` for a run with these words, `text wire --network lose=0.3` for one on such a network. */
export function viewsOn(page: string): PageView[] {
  return fences(page).flatMap((fence) => {
    const [language, kind, ...words] = fence.info.split(" ");
    return language === "text" && kind === "wire" ? [{ fence, words }] : [];
  });
}

/**
 * A page with each of its views drawn anew.
 *
 * @throws {UserError} Where the page has none, or a run fails.
 */
export async function drawPage(page: string, lesson: Lesson): Promise<string> {
  const views = viewsOn(page);
  if (views.length === 0) {
    throw new UserError(
      `lesson ${lesson.number}: a page has no fence that begins "text wire"`,
      1,
    );
  }
  const lines = page.split("\n");
  for (
    const { fence: { line, lines: { length } }, words } of views.toReversed()
  ) {
    const { text } = await drawLesson(lesson, words);
    lines.splice(line, length, ...text.split("\n"));
  }
  return lines.join("\n");
}

/** The same recordings with the page's ports in place of the system's. The bytes on the wire stay as they are. */
export function evenPorts(
  recordings: readonly Recording[],
  serverPort: number,
): Recording[] {
  const ports = new Map<string, number>();
  for (const { side, moments } of recordings) {
    for (const moment of moments) {
      if (side !== "server" || moment.type !== "end") continue;
      const { call } = moment;
      if (call.call !== "listen" && call.call !== "bind") continue;
      const port = /:(\d+)$/.exec(call.local ?? "")?.[1];
      if (port !== undefined && ports.size === 0) ports.set(port, serverPort);
    }
  }
  const even = (text: string) =>
    text.replace(/(?<=127\.0\.0\.1:)\d+/g, (digits) => {
      if (Number(digits) < 1024) return digits;
      const port = ports.get(digits) ??
        CLIENT_PORT - 1 + Math.max(1, ports.size);
      ports.set(digits, port);
      return String(port);
    });
  return changeTexts(recordings, even);
}
